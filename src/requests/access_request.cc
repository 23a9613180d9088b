#include "requests/access_request.h"

#include <algorithm>

namespace weir::requests {
namespace {

template <class Enum, size_t N>
base::Status read_word(const base::Json& json, const Enum (&all)[N], Enum& out) {
  const auto* text = json.as_string();
  for (auto one : all)
    if (text && *text == to_string(one)) return out = one, base::Status();
  return base::internal("record: a state that is not known");
}

constexpr Decision kDecisions[] = {Decision::submitted,         Decision::pending,   Decision::auto_approved,
                                   Decision::approved,          Decision::denied,    Decision::expired,
                                   Decision::changes_requested, Decision::withdrawn, Decision::failed};
constexpr Fulfilment kFulfilments[] = {
    Fulfilment::none,          Fulfilment::granting,          Fulfilment::awaiting_ram,
    Fulfilment::active,        Fulfilment::extension_pending, Fulfilment::grant_failed,
    Fulfilment::revoke_failed, Fulfilment::revoked,           Fulfilment::ended,
    Fulfilment::by_machine};

}  // namespace

std::string_view to_string(Decision state) {
  switch (state) {
    case Decision::submitted: return "SUBMITTED";
    case Decision::pending: return "PENDING";
    case Decision::auto_approved: return "AUTO_APPROVED";
    case Decision::approved: return "APPROVED";
    case Decision::denied: return "DENIED";
    case Decision::expired: return "EXPIRED";
    case Decision::changes_requested: return "CHANGES_REQUESTED";
    case Decision::withdrawn: return "WITHDRAWN";
    case Decision::failed: return "FAILED";
  }
  return "FAILED";
}

std::string_view to_string(Fulfilment state) {
  switch (state) {
    case Fulfilment::none: return "NONE";
    case Fulfilment::granting: return "GRANTING";
    case Fulfilment::awaiting_ram: return "AWAITING_RAM";
    case Fulfilment::active: return "ACTIVE";
    case Fulfilment::extension_pending: return "EXTENSION_PENDING";
    case Fulfilment::grant_failed: return "GRANT_FAILED";
    case Fulfilment::revoke_failed: return "REVOKE_FAILED";
    case Fulfilment::revoked: return "REVOKED";
    case Fulfilment::ended: return "ENDED";
    case Fulfilment::by_machine: return "BY_MACHINE";
  }
  return "GRANT_FAILED";
}

base::Json to_json(Decision state) { return to_string(state); }
base::Json to_json(Fulfilment state) { return to_string(state); }
base::Status from_json(const base::Json& json, Decision& state) { return read_word(json, kDecisions, state); }
base::Status from_json(const base::Json& json, Fulfilment& state) { return read_word(json, kFulfilments, state); }

bool is_decided(Decision state) { return state != Decision::submitted && state != Decision::pending; }

bool legal(Decision from, Decision to) {
  if (is_decided(from)) return false;
  if (from == Decision::pending) return to != Decision::submitted && to != Decision::auto_approved && to != from;
  return to != from;
}

bool is_held(Fulfilment state) {
  return state == Fulfilment::granting || state == Fulfilment::awaiting_ram || state == Fulfilment::active ||
         state == Fulfilment::extension_pending || state == Fulfilment::revoke_failed;
}

bool legal(Fulfilment from, Fulfilment to) {
  bool over = to == Fulfilment::revoked || to == Fulfilment::ended || to == Fulfilment::revoke_failed;
  switch (from) {
    case Fulfilment::none:
      return to == Fulfilment::granting || to == Fulfilment::by_machine || to == Fulfilment::grant_failed;
    case Fulfilment::granting:
      return to == Fulfilment::awaiting_ram || to == Fulfilment::active || to == Fulfilment::grant_failed || over;
    case Fulfilment::awaiting_ram: return to == Fulfilment::active || to == Fulfilment::extension_pending || over;
    case Fulfilment::active: return to == Fulfilment::awaiting_ram || to == Fulfilment::extension_pending || over;
    case Fulfilment::extension_pending: return to == Fulfilment::active || to == Fulfilment::awaiting_ram || over;
    case Fulfilment::grant_failed: return to == Fulfilment::granting;
    case Fulfilment::revoke_failed: return to == Fulfilment::revoked || to == Fulfilment::ended;
    case Fulfilment::revoked:
    case Fulfilment::ended:
    case Fulfilment::by_machine: return false;
  }
  return false;
}

std::string new_id(base::Instant now, base::Randomness& randomness) {
  constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  std::string out(10, '0');
  for (size_t i = out.size(); i-- > 0; millis /= 32) out[i] = kLetters[static_cast<size_t>(millis % 32)];
  return out + randomness.text(16, kLetters);
}

}  // namespace weir::requests
