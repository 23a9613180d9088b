#include "sharing/remembered_request.h"

#include "sharing/share_keys.h"

namespace weir::sharing {
namespace {

constexpr auto kRememberedFor = std::chrono::hours(24);
constexpr size_t kTokenMax = 64, kLookedAtMax = 8;

base::Status check_token(std::string_view token) {
  bool good = !token.empty() && token.size() <= kTokenMax;
  for (unsigned char c : token) good = good && c > 0x20 && c < 0x7f;
  if (good) return {};
  return base::invalid("The client token is not valid: 1 to 64 printable characters.", "token");
}

// Tokens are random, so the neighbours of a new one are others every time.
base::Status forget_some(store::Transaction& tx, std::string_view account, std::string_view token, base::Instant now) {
  auto range = store::prefix_range(keys::tokens(account));
  range.first = keys::token(account, token);
  WEIR_TRY(auto neighbours, tx.scan(range, kLookedAtMax));
  for (const auto& entry : neighbours) {
    auto there = base::decode_record<RememberedRequest>(entry.value);
    if (!there.ok() || there->until <= now) WEIR_CHECK_OK(tx.erase(entry.key));
  }
  return {};
}

}  // namespace

base::Result<std::optional<std::string>> recall_request(store::Transaction& tx, std::string_view account,
                                                        std::string_view token, std::string_view request,
                                                        base::Instant now) {
  WEIR_CHECK_OK(check_token(token));
  WEIR_TRY(auto text, tx.get(keys::token(account, token)));
  if (!text) return std::optional<std::string>();
  WEIR_TRY(auto there, base::decode_record<RememberedRequest>(*text));
  if (there.until <= now) return std::optional<std::string>();
  if (there.request == request) return std::optional<std::string>(std::move(there.outcome));
  return base::already_exists("The client token was used with another request before.", "token");
}

base::Status remember_request(store::Transaction& tx, std::string_view account, std::string_view token,
                              std::string_view request, std::string_view outcome, base::Instant now) {
  WEIR_CHECK_OK(forget_some(tx, account, token, now));
  RememberedRequest record{std::string(request), std::string(outcome), now + kRememberedFor};
  return tx.put(keys::token(account, token), base::encode_record(record));
}

}  // namespace weir::sharing
