"""How a pretended Exchange server words its answers; they hold a name, which must not be shown to anybody."""

from lxml import etree

M = "{http://schemas.microsoft.com/exchange/services/2006/messages}"
T = "{http://schemas.microsoft.com/exchange/services/2006/types}"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "s": "http://schemas.xmlsoap.org/soap/envelope/",
        "m": M[1:-1],
        "t": T[1:-1],
        "e": "http://schemas.microsoft.com/exchange/services/2006/errors",
    }.items()
)
_VERSION = (
    '<s:Header><t:ServerVersionInfo MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" MinorBuildNumber="6" '
    'Version="V2017_07_11"/></s:Header>'
)


class RefusalError(Exception):
    """What the server refuses, by Exchange's own word for it."""


def envelope(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?><s:Envelope {_NAMESPACES}>{_VERSION}<s:Body>{body}</s:Body></s:Envelope>'.encode()


def response(operation: str, *messages: str, code: str = "NoError") -> bytes:
    """A response of an operation: a message for each thing that was asked."""
    kind = "Success" if code == "NoError" else "Error"
    text = "" if code == "NoError" else "<m:MessageText>Jane Example was not found.</m:MessageText>"
    told = "".join(
        f'<m:{operation}ResponseMessage ResponseClass="{kind}">{text}<m:ResponseCode>{code}</m:ResponseCode>{message}'
        f"</m:{operation}ResponseMessage>"
        for message in messages or ("",)
    )
    return envelope(f"<m:{operation}Response><m:ResponseMessages>{told}</m:ResponseMessages></m:{operation}Response>")


def busy(milliseconds: int) -> bytes:
    """A SOAP fault by which Exchange throttles."""
    return envelope(
        "<s:Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>Jane Example is busy.</faultstring><detail>"
        "<e:ResponseCode>ErrorServerBusy</e:ResponseCode><e:Message>The server cannot service this request.</e:Message>"
        f'<t:MessageXml><t:Value Name="BackOffMilliseconds">{milliseconds}</t:Value></t:MessageXml></detail></s:Fault>'
    )


def soap_fault(code: str) -> bytes:
    """A SOAP fault by which Exchange refuses a whole request."""
    return envelope(
        f"<s:Fault><faultcode>a:{code}</faultcode><faultstring>Jane Example.</faultstring><detail>"
        f"<e:ResponseCode>{code}</e:ResponseCode><e:Message>Jane Example.</e:Message></detail></s:Fault>"
    )


def inside(asked: etree._Element, path: str) -> etree._Element:
    """What stands at a path of a request, which has it."""
    found = asked.find(path)
    if found is None:
        raise RefusalError("ErrorSchemaValidation")
    return found


def text(asked: etree._Element, path: str) -> str:
    """The text at a path of a request, which has it."""
    return inside(asked, path).text or ""


def id_in(asked: etree._Element, path: str) -> str:
    """The `Id` of what stands at a path of a request."""
    return str(inside(asked, path).get("Id"))
