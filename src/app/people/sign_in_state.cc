#include "app/people/sign_in_state.h"

#include <cstdio>

#include "app/people/sign_in_faults.h"
#include "people/passing_records.h"

namespace weir::app {
namespace {

constexpr std::string_view kPurpose = "sign-in-state";
constexpr std::string_view kUsed = "sign-in-used";
constexpr std::string_view kNobody = "00000000-0000-0000-0000-000000000000";

std::string turn_text(int64_t turn) {
  char text[24];
  std::snprintf(text, sizeof text, "%012lld", static_cast<long long>(turn));
  return text;
}

}  // namespace

SignInState begin_state(Lake& lake, const people::PoolClient& client, std::string_view challenge,
                        const std::string& username, const std::optional<people::Person>& person, base::Instant now) {
  SignInState state;
  state.id = base::uuid(lake.randomness);
  state.challenge = challenge;
  state.client = client.id;
  state.username = username;
  state.sub = person ? person->sub : kNobody;
  state.turn = turn_text(person ? person->turn : 0);
  state.until = now + std::chrono::minutes(client.session_minutes);
  return state;
}

std::string seal_state(Lake& lake, const SignInState& state) {
  return identity::seal_secret(lake.keys, kPurpose, base::Secret(base::encode_record(state)), lake.randomness);
}

base::Result<SignInState> open_state(const Lake& lake, const people::PoolClient& client, std::string_view challenge,
                                     const std::string& sealed, base::Instant now) {
  auto opened = identity::open_secret(lake.keys, kPurpose, sealed);
  if (!opened.ok()) return session_gone();
  WEIR_TRY(auto state, base::decode_record<SignInState>(opened->reveal()));
  bool holds = state.client == client.id && state.challenge == challenge && now < state.until;
  if (!holds) return session_gone();
  return state;
}

bool is_about(const SignInState& state, const people::Person& person) {
  return state.sub == person.sub && state.turn == turn_text(person.turn);
}

base::Status use_up(store::Transaction& tx, const SignInState& state, base::Instant now) {
  people::PassingRecords records(tx, now);
  WEIR_TRY(auto used, records.find(kUsed, state.id));
  if (used) return session_gone();
  return records.put(kUsed, state.id, "{}", state.until);
}

}  // namespace weir::app
