#include "app/people/sign_in_attempts.h"

#include "app/people/sign_in_faults.h"
#include "base/log.h"
#include "people/attempts.h"

namespace weir::app {
namespace {

constexpr int64_t kCodesOfPersonMax = 5, kCodesFromAddressMax = 100, kAskedFromAddressMax = 1000;
constexpr base::Seconds kCodeWindow = std::chrono::hours(1);

std::string address_of(const Call& call) { return people::address_group(call.facts().source_ip); }

std::string subject_of(const people::UserPool& pool, std::string_view what, const std::string& username) {
  return pool.id + "/" + std::string(what) + "/" + username;
}

}  // namespace

base::Status SignInAttempt::succeeded(store::Transaction& tx) const {
  people::Attempts attempts(tx, now_);
  WEIR_CHECK_OK(attempts.succeeded(subject_));
  return attempts.succeeded_from(address_);
}

base::Result<SignInAttempt> begin_attempt(Call& call, const people::UserPool& pool, std::string_view what,
                                          const std::string& username) {
  SignInAttempt attempt(subject_of(pool, what, username), address_of(call), call.now());
  bool in_time = false, few = false;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    people::Attempts attempts(tx, call.now());
    WEIR_TRY(few, attempts.begin_from(address_of(call)));
    if (!few) return {};
    WEIR_TRY(in_time, attempts.begin(subject_of(pool, what, username)));
    return {};
  }));
  if (!few) return too_many_requests();
  if (!in_time) return too_many_attempts();
  return attempt;
}

base::Status count_mailed_code(Call& call, const people::UserPool& pool, const std::string& username) {
  bool may = false;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    people::Attempts attempts(tx, call.now());
    WEIR_TRY(may, attempts.once_more("codes-from/" + address_of(call), kCodesFromAddressMax, kCodeWindow));
    if (!may) return {};
    WEIR_TRY(may, attempts.once_more(subject_of(pool, "codes", username), kCodesOfPersonMax, kCodeWindow));
    return {};
  }));
  if (may) return {};
  return base::fail(base::Kind::limit_exceeded, "Attempt limit exceeded, please try after some time.", "attempts");
}

base::Status count_asked(Call& call, std::string_view what) {
  bool may = false;
  auto subject = "asked/" + std::string(what) + "/" + address_of(call);
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(may, people::Attempts(tx, call.now()).once_more(subject, kAskedFromAddressMax, people::kAddressWindow));
    return {};
  }));
  return may ? base::Status() : base::Status(too_many_requests());
}

base::Error noted(const Call& call, const people::UserPool& pool, base::Error error) {
  base::log_info("sign_in.refused", {{"operation", call.facts().operation},
                                     {"request_id", call.facts().request_id},
                                     {"source_ip", call.facts().source_ip},
                                     {"user_pool", pool.id},
                                     {"reason", error.log.empty() ? error.says : error.log}});
  return error;
}

}  // namespace weir::app
