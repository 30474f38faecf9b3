"""The profile in which LibreOffice opens what strangers sent: no macros, no updated links, no way to the network."""

from pathlib import Path

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
)
_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
    ("/org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
)
_PROVIDERS = (
    "/org.openoffice.ucb.Configuration/ContentProviders/"
    "org.openoffice.ucb.Configuration:ContentProvidersDataPrimaryKeys['Local']/SecondaryKeys/"
    "org.openoffice.ucb.Configuration:ContentProvidersDataSecondaryKeys['Office']/ProviderData"
)
# What LibreOffice fetches addresses by: http, https, WebDAV, FTP and CMIS. The settings of its proxy and of untrusted
# links do not keep pictures from being fetched; without these nothing can be.
_NETWORK = (
    "Provider3",
    "Provider4",
    "Provider4a",
    "Provider12",
    "Provider12a",
    "Provider12b",
    "Provider6",
    "Provider43",
)


def write_profile(folder: Path) -> None:
    """Make a profile in an empty private folder."""
    settings = [
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    ]
    closed = [f'<item oor:path="{_PROVIDERS}"><node oor:name="{name}" oor:op="remove"/></item>' for name in _NETWORK]
    (folder / "user").mkdir(mode=0o700, parents=True)
    text = _HEAD + "\n".join([*settings, *closed]) + "\n</oor:items>\n"
    (folder / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")
