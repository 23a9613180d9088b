#include "approvals/approval.h"

#include <array>

namespace weir::approvals {
namespace {

constexpr std::array kStates = {ApprovalState::open,    ApprovalState::approved,
                                ApprovalState::denied,  ApprovalState::changes_requested,
                                ApprovalState::expired, ApprovalState::closed};
constexpr std::array kVerdicts = {Verdict::approve, Verdict::deny, Verdict::request_changes, Verdict::abstain};
constexpr std::array kChannels = {Channel::mail, Channel::api, Channel::chat, Channel::ticket};

template <class T, size_t N>
std::optional<T> find_word(const std::array<T, N>& words, std::string_view text) {
  for (auto word : words)
    if (to_string(word) == text) return word;
  return std::nullopt;
}

template <class T, size_t N>
base::Status read_word(const std::array<T, N>& words, const base::Json& json, T& into) {
  auto found = json.as_string() ? find_word(words, *json.as_string()) : std::nullopt;
  if (!found) return base::internal("record: an unknown word of an approval");
  into = *found;
  return {};
}

}  // namespace

std::string_view to_string(ApprovalState state) {
  switch (state) {
    case ApprovalState::open: return "OPEN";
    case ApprovalState::approved: return "APPROVED";
    case ApprovalState::denied: return "DENIED";
    case ApprovalState::changes_requested: return "CHANGES_REQUESTED";
    case ApprovalState::expired: return "EXPIRED";
    case ApprovalState::closed: return "CLOSED";
  }
  return "CLOSED";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::approve: return "approve";
    case Verdict::deny: return "deny";
    case Verdict::request_changes: return "request_changes";
    case Verdict::abstain: return "abstain";
  }
  return "abstain";
}

std::string_view to_string(Channel channel) {
  switch (channel) {
    case Channel::mail: return "mail";
    case Channel::api: return "api";
    case Channel::chat: return "chat";
    case Channel::ticket: return "ticket";
  }
  return "api";
}

std::optional<ApprovalState> parse_state(std::string_view text) { return find_word(kStates, text); }
std::optional<Verdict> parse_verdict(std::string_view text) { return find_word(kVerdicts, text); }

base::Json to_json(ApprovalState state) { return to_string(state); }
base::Json to_json(Verdict verdict) { return to_string(verdict); }
base::Json to_json(Channel channel) { return to_string(channel); }
base::Status from_json(const base::Json& json, ApprovalState& state) { return read_word(kStates, json, state); }
base::Status from_json(const base::Json& json, Verdict& verdict) { return read_word(kVerdicts, json, verdict); }
base::Status from_json(const base::Json& json, Channel& channel) { return read_word(kChannels, json, channel); }

}  // namespace weir::approvals
