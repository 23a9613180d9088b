"""Prints the base64 SAMLResponse of a real sign-in, for the guide and for trying things out.

usage: PASSWORD=... PYTHONPATH=tests python3 -m identity_provider http://localhost:8081/realms/weir ann
"""

import os
import sys

from .browser import Browser
from .sign_in import Refused, signed_in

if len(sys.argv) != 3:
    raise SystemExit(__doc__)
issuer, user = sys.argv[1:]
try:
    form = signed_in(Browser(), f"{issuer}/protocol/saml/clients/aws", user, os.environ["PASSWORD"])
    print(form.fields["SAMLResponse"])
except Refused as refusal:
    raise SystemExit(str(refusal))
