// The people of a user pool, for who administers it.
//
// Invariants:
//  1. A temporary password goes to the address of the person and nowhere else; no answer and no record has it.
//  2. What changes the door (password, disabling, deleting, a reset) ends all sign-ins that went through it.
//
// Threads: as the Call.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "people/page.h"
#include "people/person.h"
#include "people/person_filter.h"

namespace weir::app {

enum class Invitation { send, resend, suppress };

struct NewPerson {
  std::string pool;
  std::string username;
  people::Attributes attributes = {};
  std::optional<base::Secret> password = {};  // temporary; made up when none is given
  Invitation invitation = Invitation::send;
};
base::Result<people::Person> admin_create_person(Call& call, const NewPerson& wanted);

struct PersonName {
  std::string pool;
  std::string username;
};
base::Result<people::Person> admin_get_person(Call& call, const PersonName& name);
base::Status admin_delete_person(Call& call, const PersonName& name);
base::Status admin_set_enabled(Call& call, const PersonName& name, bool enabled);
base::Status admin_set_password(Call& call, const PersonName& name, const base::Secret& password, bool permanent);
// The password counts no more; a code to set another is mailed.
base::Status admin_reset_password(Call& call, const PersonName& name);
base::Status admin_update_attributes(Call& call, const PersonName& name, const people::Attributes& attributes);
base::Status admin_sign_out(Call& call, const PersonName& name);

struct PeopleWanted {
  std::string pool;
  std::string filter = {};
  people::PageWanted page = {};
};
base::Result<people::Page<people::Person>> list_people(Call& call, const PeopleWanted& wanted);

}  // namespace weir::app
