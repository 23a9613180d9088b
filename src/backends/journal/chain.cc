#include "backends/journal/chain.h"

#include "base/hash.h"
#include "base/text.h"

namespace weir::backends {
namespace {
constexpr std::string_view kBefore = R"({"chain":")", kAfter = R"(",)", kEvent = R"("event":)";
constexpr size_t kHashDigits = 64;
}  // namespace

const std::string& Chain::start() {
  static const std::string zeros(kHashDigits, '0');
  return zeros;
}

std::string Chain::hash(const std::string& previous, std::string_view body) const {
  auto raw = base::unhex(previous);
  std::string text = raw.ok() ? *raw : std::string();
  text += body;
  return base::hex(key_.empty() ? base::sha256(text) : base::hmac_sha256(key_.reveal(), text));
}

void Chain::append_line(std::string& out, std::string& head, std::string_view member, std::string_view json) const {
  auto begin = out.size(), body_at = begin + kBefore.size() + kHashDigits + kAfter.size();
  out.append(kBefore).append(kHashDigits, '0').append(kAfter);  // the hash takes the place of the zeros
  out.append("\"").append(member).append("\":").append(json);
  head = hash(head, std::string_view(out).substr(body_at));
  out.replace(begin + kBefore.size(), kHashDigits, head);
  out += '}';
}

std::optional<ChainedLine> take_apart(std::string_view line) {
  size_t body_at = kBefore.size() + kHashDigits + kAfter.size();
  if (line.size() < body_at + 2 || !line.starts_with(kBefore) || line.back() != '}' ||
      line.substr(kBefore.size() + kHashDigits, kAfter.size()) != kAfter)
    return std::nullopt;
  ChainedLine parts{line.substr(kBefore.size(), kHashDigits), line.substr(body_at, line.size() - body_at - 1), {}};
  if (parts.body.starts_with(kEvent)) parts.event = parts.body.substr(kEvent.size());
  return parts;
}

}  // namespace weir::backends
