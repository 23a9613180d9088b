// Organizations: who may organise, and the organization itself. Units, accounts, invitations and policies have
// files of their own.
//
// Every use case asks IAM about what it touches, then whether the caller's account has the seat it needs: the
// management account for changes, it or a delegated administrator for looking, any member for a few.
//
// Threads: as the Call.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/organization_records.h"

namespace weir::app {

enum class Seat { member, reader, management };

// What is asked: the action, the ids it touches (r-, ou-, p-, account ids; none: "*"), the condition keys of the
// request, and the tags it sets on what it makes.
struct OrganizingDeed {
  std::string action;  // "organizations:MoveAccount"
  std::vector<std::string> ids = {};
  policy::Context extra = {};
  identity::Tags tags = {};
};

// The caller's organization, when it may. not_found about "organization" when it is in none.
base::Result<identity::Organization> authorize_organizing(Call& call, Seat seat, const OrganizingDeed& deed);

// Runs `body(OrganizationRecords&, Transaction&)` on the organization of now.
template <class Body>
base::Status change_organization(Call& call, const identity::Organization& organization, const Body& body) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto now, identity::get_organization(tx, organization.id));
    identity::OrganizationRecords records(tx, std::move(now));
    return body(records, tx);
  });
}
// The same for looking; gives what `body` gives.
template <class Body>
auto read_organization(Call& call, const identity::Organization& organization, const Body& body)
    -> decltype(body(std::declval<identity::OrganizationRecords&>(), std::declval<store::Transaction&>())) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto now, identity::get_organization(*tx, organization.id));
  identity::OrganizationRecords records(*tx, std::move(now));
  return body(records, *tx);
}

// The organization as members see it.
struct ShownOrganization {
  identity::Organization organization;
  std::string management_email;  // empty when the account has none
};

base::Result<ShownOrganization> create_organization(Call& call);
base::Result<ShownOrganization> describe_organization(Call& call);
base::Status delete_organization(Call& call);
base::Result<identity::Organization> list_roots(Call& call);

base::Status enable_service_access(Call& call, const std::string& service);
base::Status disable_service_access(Call& call, const std::string& service);
base::Result<std::map<std::string, base::Instant>> list_service_access(Call& call);

base::Status tag_organized(Call& call, const std::string& id, const identity::Tags& tags);
base::Status untag_organized(Call& call, const std::string& id, const std::vector<std::string>& keys);
base::Result<identity::Tags> list_organized_tags(Call& call, const std::string& id);

}  // namespace weir::app
