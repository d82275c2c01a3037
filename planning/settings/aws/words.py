"""Names as AWS writes them."""

from __future__ import annotations

from typing import Annotated

from planning.settings.base import worded

Region = Annotated[
    str, worded("^[a-z]{2}(-[a-z]+)+-[0-9]$", "the name of an AWS region, such as us-east-1")
]
Zone = Annotated[
    str, worded("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", "the name of a zone, such as us-east-1a")
]
Cidr = Annotated[
    str,
    worded(r"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$", "an IPv4 network such as 203.0.113.0/24"),
]
Arn = Annotated[
    str,
    worded(
        r"^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:[0-9]{0,12}:[A-Za-z0-9+=,.@_/:*-]{1,512}$",
        "an ARN, such as arn:aws:iam::111122223333:role/Admin",
    ),
]
WorkspaceArn = Annotated[
    str,
    worded(
        r"^arn:aws[a-z-]{0,16}:aps:[a-z0-9-]{1,32}:[0-9]{12}:workspace/ws-[A-Za-z0-9-]{8,64}$",
        "arn:aws:aps:<region>:<account>:workspace/ws-…",
    ),
]
TagKey = Annotated[
    str,
    worded(r"^(?!aws:)[A-Za-z0-9 +=._:/@-]{1,128}$", "the key of a tag, such as cost-centre"),
]
TagValue = Annotated[
    str, worded(r"^[A-Za-z0-9 +=._:/@-]{0,256}$", "the value of a tag, up to 256 characters")
]
