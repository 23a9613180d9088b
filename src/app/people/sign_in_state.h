// A sign-in on its way: what the server has to remember between a challenge and its answer, sealed and handed to the
// client (as SECRET_BLOCK or Session), so that whoever only begins leaves nothing behind here.
//
// Invariants:
//  1. A state answers the challenge it was made for, for its client, until its end, and once: when a step succeeds,
//     its state is used up.
//  2. What it proves it proves of one `turn` of the person: a password that was changed since, a disabled or deleted
//     person end it.
//
// Threads: values and free functions.
#pragma once
#include <optional>
#include <string>

#include "app/lake.h"
#include "base/record.h"
#include "people/person.h"
#include "people/pool_client.h"

namespace weir::app {

inline constexpr std::string_view kPasswordVerifier = "PASSWORD_VERIFIER";
inline constexpr std::string_view kNewPasswordRequired = "NEW_PASSWORD_REQUIRED";
inline constexpr std::string_view kSoftwareTokenMfa = "SOFTWARE_TOKEN_MFA";

struct SignInState {
  std::string id;
  std::string challenge;
  std::string client;
  std::string username;
  std::string sub;   // of whom it is about; of nobody one that nobody has, and as long
  std::string turn;  // digits, as many for everybody
  base::Instant until{};
  bool code_given = false;
  std::string srp_a, srp_b, srp_secret;
};
WEIR_RECORD(SignInState, FIELD("Id", &SignInState::id), FIELD("Challenge", &SignInState::challenge),
            FIELD("Client", &SignInState::client), FIELD("Username", &SignInState::username),
            FIELD("Sub", &SignInState::sub), FIELD("Turn", &SignInState::turn), FIELD("Until", &SignInState::until),
            FIELD("CodeGiven", &SignInState::code_given), FIELD("A", &SignInState::srp_a),
            FIELD("B", &SignInState::srp_b), FIELD("Secret", &SignInState::srp_secret))

SignInState begin_state(Lake& lake, const people::PoolClient& client, std::string_view challenge,
                        const std::string& username, const std::optional<people::Person>& person, base::Instant now);
std::string seal_state(Lake& lake, const SignInState& state);

// unauthenticated for what does not open, is of another client or challenge, or has ended.
base::Result<SignInState> open_state(const Lake& lake, const people::PoolClient& client, std::string_view challenge,
                                     const std::string& sealed, base::Instant now);

// Whether it is about that person, as they were when it began: a namesake who came later is somebody else.
bool is_about(const SignInState& state, const people::Person& person);

// In the transaction in which a step succeeds. unauthenticated when it did before.
base::Status use_up(store::Transaction& tx, const SignInState& state, base::Instant now);

}  // namespace weir::app
