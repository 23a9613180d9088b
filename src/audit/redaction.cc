#include "audit/redaction.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace weir::audit {
namespace {

// Page cursors are no secrets, and auditors need them to follow a listing.
constexpr std::array<std::string_view, 4> kHarmless = {"nexttoken", "continuationtoken", "clienttoken",
                                                       "clientrequesttoken"};
constexpr std::array<std::string_view, 12> kSensitiveParts = {"secret",     "password",   "passphrase",    "assertion",
                                                              "privatekey", "credential", "authorization", "signature",
                                                              "token",      "plaintext",  "cookie",        "mfacode"};
// Of those that hold "credential" or "secret", the ones that only name a thing.
constexpr std::array<std::string_view, 5> kNamesOnly = {"secretarn", "secretid", "secretname", "credentialarn",
                                                        "credentialid"};

std::string plain_name(std::string_view member) {
  std::string out;
  for (char c : member)
    if (c != '-' && c != '_' && c != '.') out += base::ascii_lower(c);
  return out;
}

// The last whole characters that fit.
void cut(std::string& text, size_t max) {
  if (text.size() <= max) return;
  while (max > 0 && (static_cast<unsigned char>(text[max]) & 0xc0) == 0x80) --max;
  auto dropped = text.size() - max;
  text.resize(max);
  text += "... (" + std::to_string(dropped) + " more bytes)";
}

}  // namespace

bool is_sensitive(std::string_view member) {
  auto name = plain_name(member);
  if (std::ranges::count(kHarmless, name) || std::ranges::count(kNamesOnly, name)) return false;
  return std::ranges::any_of(kSensitiveParts, [&](auto part) { return name.find(part) != std::string::npos; });
}

void redact(base::Json& json, size_t text_max) {
  if (auto* object = json.as_object()) {
    for (auto& [name, value] : *object) {
      if (!value.is_null() && is_sensitive(name)) {
        // "credentials" as a structure keeps its harmless members, such as the access key id.
        if (value.as_object() && plain_name(name).find("credential") != std::string::npos)
          redact(value, text_max);
        else
          value = kHidden;
      } else {
        redact(value, text_max);
      }
    }
  } else if (auto* array = json.as_array()) {
    for (auto& item : *array) redact(item, text_max);
  } else if (auto* text = json.as_string(); text && text->size() > text_max) {
    std::string shorter = *text;
    cut(shorter, text_max);
    json = std::move(shorter);
  }
}

}  // namespace weir::audit
