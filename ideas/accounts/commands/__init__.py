"""What people do about accounts, and what the city does about people. Each matter has a file of its own."""

from ideas.accounts.commands.forgetting import forget_what_is_over
from ideas.accounts.commands.profile import change_profile, set_password, sign_out_elsewhere
from ideas.accounts.commands.rights import add_person, give_grant, grant_role, set_scopes, take_grant
from ideas.accounts.commands.second_factor import (
    check_second_factor,
    confirm_second_factor,
    prepare_second_factor,
    renew_recovery_codes,
    reset_second_factor,
)
from ideas.accounts.commands.signing_in import (
    ask_for_code,
    confirm_code,
    sign_in_with_password,
    spend_code_try,
)
from ideas.accounts.commands.standing import ban, lift, lift_what_has_ended, suspend
from ideas.accounts.commands.tries import spend_try

__all__ = [
    "add_person",
    "ask_for_code",
    "ban",
    "change_profile",
    "check_second_factor",
    "confirm_code",
    "confirm_second_factor",
    "forget_what_is_over",
    "give_grant",
    "grant_role",
    "lift",
    "lift_what_has_ended",
    "prepare_second_factor",
    "renew_recovery_codes",
    "reset_second_factor",
    "set_password",
    "set_scopes",
    "sign_in_with_password",
    "sign_out_elsewhere",
    "spend_code_try",
    "spend_try",
    "suspend",
    "take_grant",
]
