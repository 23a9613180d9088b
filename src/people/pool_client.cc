#include "people/pool_client.h"

#include <algorithm>

namespace weir::people {
namespace {

constexpr Flow kFlows[] = {Flow::srp, Flow::password, Flow::admin_password, Flow::refresh};
constexpr std::string_view kIdAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr size_t kIdLength = 26;
constexpr int64_t kSessionMinutesMin = 3, kSessionMinutesMax = 15, kGraceSecondsMax = 60;

base::Error wrong(std::string says) { return base::invalid(std::move(says), "parameter"); }

base::Status check_times(const PoolClient& client) {
  auto within = [](int64_t value, int64_t low, int64_t high) { return value >= low && value <= high; };
  auto access = client.access.seconds(), id = client.id_token.seconds(), refresh = client.refresh.seconds();
  if (!within(access, kTokenSecondsMin, kTokenSecondsMax))
    return wrong("Invalid range for token validity: AccessTokenValidity is 5 minutes to 1 day.");
  if (!within(id, kTokenSecondsMin, kTokenSecondsMax))
    return wrong("Invalid range for token validity: IdTokenValidity is 5 minutes to 1 day.");
  if (!within(refresh, kRefreshSecondsMin, kRefreshSecondsMax))
    return wrong("Invalid range for token validity: RefreshTokenValidity is 60 minutes to 3650 days.");
  if (refresh < std::max(access, id)) return wrong("A refresh token lives at least as long as the tokens it renews.");
  if (!within(client.session_minutes, kSessionMinutesMin, kSessionMinutesMax))
    return wrong("AuthSessionValidity is 3 to 15 minutes.");
  if (!within(client.rotation_grace_s, 0, kGraceSecondsMax)) return wrong("RetryGracePeriodSeconds is 0 to 60.");
  return {};
}

}  // namespace

std::string_view to_string(Flow flow) {
  switch (flow) {
    case Flow::srp: return "ALLOW_USER_SRP_AUTH";
    case Flow::password: return "ALLOW_USER_PASSWORD_AUTH";
    case Flow::admin_password: return "ALLOW_ADMIN_USER_PASSWORD_AUTH";
    case Flow::refresh: return "ALLOW_REFRESH_TOKEN_AUTH";
  }
  return "";
}

std::optional<Flow> parse_flow(std::string_view text) {
  for (auto flow : kFlows)
    if (to_string(flow) == text) return flow;
  return std::nullopt;
}

int64_t Validity::seconds() const {
  if (unit == "seconds") return number;
  if (unit == "minutes") return number * 60;
  if (unit == "hours") return number * 3600;
  if (unit == "days") return number * 24 * 3600;
  return 0;
}

bool PoolClient::allows(Flow flow) const { return std::ranges::find(flows, to_string(flow)) != flows.end(); }

base::Status check_client(const PoolClient& client) {
  for (const auto& flow : client.flows)
    if (!parse_flow(flow)) return wrong("The flow " + flow + " is not offered here.");
  return check_times(client);
}

std::string new_client_id(base::Randomness& randomness) { return randomness.text(kIdLength, kIdAlphabet); }

}  // namespace weir::people
