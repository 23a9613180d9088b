#include "app/people/mailed_codes.h"

#include "app/people/people_mail.h"
#include "app/people/person_secrets.h"
#include "app/people/sign_in_faults.h"

namespace weir::app {
namespace {

// Each name has a few tries an hour, and whoever guesses at many names has many: eight digits make that hopeless where
// six did not.
constexpr size_t kDigits = 8;
constexpr base::Seconds kValid = std::chrono::hours(1);

}  // namespace

base::Status mail_fresh_code(Call& call, store::Transaction& tx, const people::UserPool& pool, people::Person& person) {
  auto& lake = call.lake();
  auto code = lake.randomness.text(kDigits, "0123456789");
  WEIR_TRY(auto hash, mailed_code_hash(lake, pool, person, code));
  person.reset = people::MailedCode{hash, call.now() + kValid};
  return mail_code(lake, tx, pool, person, code);
}

base::Status check_mailed_code(Call& call, const people::UserPool& pool, const people::Person& person,
                               const std::string& code) {
  if (!person.reset) return wrong_code();
  WEIR_TRY(auto hash, mailed_code_hash(call.lake(), pool, person, code));
  if (!base::same_bytes(hash, person.reset->hash)) return wrong_code();
  return call.now() < person.reset->until ? base::Status() : base::Status(code_expired());
}

}  // namespace weir::app
