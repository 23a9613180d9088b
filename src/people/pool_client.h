// A client of a user pool: a program that signs people in, by which ways, and for how long.
//
// Threads: values and pure functions.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/record.h"
#include "base/result.h"

namespace weir::people {

inline constexpr size_t kClientsMax = 1000;  // of a pool, as AWS

enum class Flow { srp, password, admin_password, refresh };
std::string_view to_string(Flow flow);  // "ALLOW_USER_SRP_AUTH"
std::optional<Flow> parse_flow(std::string_view text);

// A time as it was asked for: a number and "seconds", "minutes", "hours" or "days".
struct Validity {
  int64_t number = 0;
  std::string unit;
  int64_t seconds() const;
  bool operator==(const Validity&) const = default;
};
WEIR_RECORD(Validity, FIELD("Number", &Validity::number), FIELD("Unit", &Validity::unit))

inline constexpr int64_t kTokenSecondsMin = 5 * 60, kTokenSecondsMax = 24 * 3600;
inline constexpr int64_t kRefreshSecondsMin = 3600, kRefreshSecondsMax = int64_t{3650} * 24 * 3600;

struct PoolClient {
  std::string id;
  std::string pool;
  std::string name;
  base::Instant created{};
  base::Instant changed{};
  std::string sealed_secret;       // of clients that have one
  std::vector<std::string> flows;  // by their names
  Validity access{1, "hours"};
  Validity id_token{1, "hours"};
  Validity refresh{30, "days"};
  std::vector<std::string> readable;  // attributes; empty: all standard ones
  std::vector<std::string> writable;
  bool rotates = false;  // a refresh token counts once
  int64_t rotation_grace_s = 0;
  int64_t session_minutes = 3;

  bool allows(Flow flow) const;
};
WEIR_RECORD(PoolClient, FIELD("Id", &PoolClient::id), FIELD("Pool", &PoolClient::pool),
            FIELD("Name", &PoolClient::name), FIELD("Created", &PoolClient::created),
            FIELD("Changed", &PoolClient::changed), FIELD("Secret", &PoolClient::sealed_secret),
            FIELD("Flows", &PoolClient::flows), FIELD("Access", &PoolClient::access),
            FIELD("IdToken", &PoolClient::id_token), FIELD("Refresh", &PoolClient::refresh),
            FIELD("Readable", &PoolClient::readable), FIELD("Writable", &PoolClient::writable),
            FIELD("Rotates", &PoolClient::rotates), FIELD("RotationGrace", &PoolClient::rotation_grace_s),
            FIELD("SessionMinutes", &PoolClient::session_minutes))

// Times within their bounds, flows that are offered. Kind::invalid about "parameter".
base::Status check_client(const PoolClient& client);

std::string new_client_id(base::Randomness& randomness);

}  // namespace weir::people
