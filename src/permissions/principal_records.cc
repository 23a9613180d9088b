#include "permissions/principal_records.h"

#include <algorithm>

#include "permissions/records.h"
#include "permissions/tag_records.h"
#include "store/key.h"

namespace weir::permissions {
namespace {

using base::Status;
using store::Transaction;

constexpr size_t kBatch = 1000;

// Lists from the beginning until nothing is left: what is listed is erased.
template <class List, class Erase>
Status erase_all(Transaction& tx, const List& list, const Erase& erase) {
  for (;;) {
    WEIR_TRY(auto page, list());
    for (const auto& item : page.items) WEIR_CHECK_OK(erase(tx, item));
    if (page.next.empty()) return {};
  }
}

template <class List, class Is>
bool erased(List& list, const Is& is) {
  return std::erase_if(list, is) > 0;
}

Status forget_in_settings(Transaction& tx, std::string_view account, std::string_view principal) {
  WEIR_TRY(auto settings, get_settings(tx, account));
  auto is = [&](const std::string& one) { return one == principal; };
  auto is_of = [&](const PrincipalPermissions& one) { return one.principal == principal; };
  bool changed = erased(settings.admins, is);
  changed |= erased(settings.read_only_admins, is);
  changed |= erased(settings.create_database_default, is_of);
  changed |= erased(settings.create_table_default, is_of);
  return changed ? put_settings(tx, account, settings) : Status();
}

Status forget_privileged_access(Transaction& tx, std::string_view account, std::string_view principal) {
  std::string token;
  do {
    WEIR_TRY(auto page, list_locations(tx, account, token, kBatch));
    for (auto& location : page.items) {
      if (!location.with_privileged_access || location.registered_by != principal) continue;
      location.with_privileged_access = false;
      WEIR_CHECK_OK(put_location(tx, account, location));
    }
    token = page.next;
  } while (!token.empty());
  return {};
}

// Steps from one principal to the next, however many records each has.
Status add_grantees(Transaction& tx, const std::string& noun, std::string_view beginning,
                    std::vector<std::string>& into) {
  auto text = store::encode_text(beginning);
  auto range = store::prefix_range(noun + text.substr(0, text.size() - store::encode_text("").size()));
  for (;;) {
    WEIR_TRY(auto found, tx.scan(range, 1));
    if (found.empty()) return {};
    WEIR_TRY(auto parts, store::split_key(std::string_view(found.front().key).substr(noun.size())));
    into.push_back(parts.front());
    range.first = store::prefix_range(noun + store::encode_text(parts.front())).last;
  }
}

}  // namespace

base::Result<std::vector<std::string>> grantees_beginning(Transaction& tx, std::string_view account,
                                                          std::string_view beginning) {
  std::vector<std::string> out;
  for (const char* noun : {"grant", "opt_in"})
    WEIR_CHECK_OK(add_grantees(tx, store::key(kNoun, account, noun), beginning, out));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Status forget_grantee(Transaction& tx, std::string_view account, std::string_view principal) {
  GrantScope granted{.principal = std::string(principal), .resource = {}};
  WEIR_CHECK_OK(erase_all(
      tx, [&] { return list_grants(tx, account, granted, "", kBatch); }, erase_grant));
  OptInScope opted{.principal = std::string(principal), .resource = {}};
  return erase_all(
      tx, [&] { return list_opt_ins(tx, account, opted, "", kBatch); }, erase_opt_in);
}

Status forget_official(Transaction& tx, std::string_view account, std::string_view principal) {
  WEIR_CHECK_OK(forget_in_settings(tx, account, principal));
  return forget_privileged_access(tx, account, principal);
}

}  // namespace weir::permissions
