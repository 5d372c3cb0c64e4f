"""What roles in events are called in Ukrainian, in the words that the pages use. No native-speaking lawyer has reviewed them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from graph_api.ontology.vocabulary import Role

ROLES_UK: Final = MappingProxyType({
    Role.SUBJECT: "особа, якої це стосується",
    Role.DETAINING_AUTHORITY: "орган (сила), що утримує",
    Role.COURT: "суд",
    Role.JUDGE: "суддя",
    Role.PROSECUTOR: "прокурор",
    Role.COUNSEL: "адвокат",
    Role.WITNESS: "свідок",
    Role.PERPETRATOR: "особа, яку називають причетною",
    Role.MEDIATOR: "посередник",
    Role.FACILITATOR: "сприяння",
    Role.OBSERVER: "спостерігач",
    Role.PARTY: "сторона",
    Role.HOST: "сторона, що приймала",
    Role.SIGNATORY: "підписант",
    Role.ISSUER: "орган, що видав",
    Role.AUTHOR: "автор",
    Role.ADDRESSEE: "адресат",
    Role.ORGANIZER: "організатор",
    Role.OTHER: "інша участь",
})  # fmt: skip
"""Every role, in the nominative."""
