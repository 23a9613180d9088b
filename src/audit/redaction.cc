#include "audit/redaction.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"

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
std::string cut(std::string_view text, size_t max) {
  auto kept = base::utf8_prefix(text, max);
  return std::string(kept) + "... (" + std::to_string(text.size() - kept.size()) + " more bytes)";
}

// "credentials" as a structure keeps its harmless members, such as the access key id.
bool is_structure_of_credentials(std::string_view name, const base::Json& value) {
  return value.as_object() && plain_name(name).find("credential") != std::string::npos;
}

void write_member(base::JsonWriter& out, const std::string& name, const base::Json& value, size_t text_max) {
  out.key(name);
  bool hidden = !value.is_null() && is_sensitive(name) && !is_structure_of_credentials(name, value);
  hidden ? out.string(kHidden) : write_redacted(out, value, text_max);
}

}  // namespace

bool is_sensitive(std::string_view member) {
  auto name = plain_name(member);
  if (std::ranges::count(kHarmless, name) || std::ranges::count(kNamesOnly, name)) return false;
  return std::ranges::any_of(kSensitiveParts, [&](auto part) { return name.find(part) != std::string::npos; });
}

void write_redacted(base::JsonWriter& out, const base::Json& json, size_t text_max) {
  if (auto* object = json.as_object()) {
    out.begin_object();
    for (auto& [name, value] : *object) write_member(out, name, value, text_max);
    out.end_object();
  } else if (auto* array = json.as_array()) {
    out.begin_array();
    for (auto& item : *array) write_redacted(out, item, text_max);
    out.end_array();
  } else if (auto* text = json.as_string()) {
    text->size() > text_max ? out.string(cut(*text, text_max)) : out.string(*text);
  } else {
    out.value(json);
  }
}

}  // namespace weir::audit
