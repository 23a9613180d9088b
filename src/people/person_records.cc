#include "people/person_records.h"

#include <algorithm>

#include "people/keys.h"
#include "people/paged_scan.h"
#include "store/record_access.h"

namespace weir::people {
namespace {

constexpr size_t kLookedAtOnce = 200;

std::string key_of(const SignIn& sign_in) { return keys::of("sign-in", sign_in.pool, sign_in.sub, sign_in.id); }

}  // namespace

base::Error no_such_person() { return base::not_found("User does not exist.", "user"); }

base::Result<std::optional<Person>> PersonRecords::find(std::string_view pool, std::string_view username) {
  return store::load<Person>(tx_, keys::of("person", pool, username));
}

base::Result<Page<Person>> PersonRecords::list(std::string_view pool, const PageWanted& wanted,
                                               const std::function<bool(const Person&)>& is_wanted) {
  Page<Person> out;
  PageWanted part{wanted.after, kLookedAtOnce};
  do {
    WEIR_TRY(auto page, paged_scan<Person>(tx_, keys::of("person", pool), part, [](const store::Entry& entry) {
               return base::decode_record<Person>(entry.value);
             }));
    for (auto& person : page.items) {
      if (!is_wanted(person)) continue;
      if (out.items.size() == wanted.limit) return out.next = out.items.back().username, out;
      out.items.push_back(std::move(person));
    }
    part.after = page.next;
  } while (!part.after.empty());
  return out;
}

base::Status PersonRecords::put(const Person& person) {
  return store::save(tx_, keys::of("person", person.pool, person.username), person);
}

base::Status PersonRecords::erase(const Person& person) {
  WEIR_CHECK_OK(SignInRecords(tx_).erase_all(person.pool, person.sub));
  return tx_.erase(keys::of("person", person.pool, person.username));
}

base::Result<std::optional<SignIn>> SignInRecords::find(std::string_view pool, std::string_view sub,
                                                        std::string_view id) {
  return store::load<SignIn>(tx_, keys::of("sign-in", pool, sub, id));
}

base::Status SignInRecords::put(const SignIn& sign_in) { return store::save(tx_, key_of(sign_in), sign_in); }

base::Result<std::vector<SignIn>> SignInRecords::all(std::string_view pool, std::string_view sub) {
  WEIR_TRY(auto entries, tx_.scan(store::prefix_range(keys::of("sign-in", pool, sub)), kSignInsMax + 1));
  std::vector<SignIn> out;
  for (const auto& entry : entries) {
    WEIR_TRY(auto sign_in, base::decode_record<SignIn>(entry.value));
    out.push_back(std::move(sign_in));
  }
  return out;
}

base::Status SignInRecords::add(const SignIn& sign_in, base::Instant now) {
  WEIR_TRY(auto there, all(sign_in.pool, sign_in.sub));
  for (const auto& one : there)
    if (one.until <= now) WEIR_CHECK_OK(erase(one));
  std::erase_if(there, [&](const SignIn& one) { return one.until <= now; });
  std::ranges::sort(there, {}, &SignIn::signed_in);
  for (size_t i = 0; i + kSignInsMax <= there.size(); ++i) WEIR_CHECK_OK(erase(there[i]));
  return put(sign_in);
}

base::Status SignInRecords::erase(const SignIn& sign_in) { return tx_.erase(key_of(sign_in)); }

base::Status SignInRecords::erase_all(std::string_view pool, std::string_view sub) {
  WEIR_TRY(auto there, all(pool, sub));
  for (const auto& one : there) WEIR_CHECK_OK(erase(one));
  return {};
}

}  // namespace weir::people
