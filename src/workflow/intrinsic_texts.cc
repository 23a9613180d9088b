#include <openssl/evp.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "workflow/intrinsic.h"
#include "workflow/limits.h"

namespace weir::workflow {
namespace {

Result<const std::string*> text_argument(const Json& value, const char* what) {
  if (auto* text = value.as_string()) return text;
  return intrinsic_failure(std::string(what) + " must be a string");
}

Result<const std::string*> short_text(const Json& value) {
  WEIR_TRY(auto* text, text_argument(value, "the argument"));
  if (base::utf8_length(*text) > kIntrinsicTextMax)
    return intrinsic_failure("the argument has more than " + std::to_string(kIntrinsicTextMax) + " characters");
  return text;
}

std::string as_text(const Json& value) { return value.as_string() ? *value.as_string() : value.dump(); }

// The longer ones of SHA-2, which base/hash.h does not have.
std::string sha2(const EVP_MD* kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  CHECK_TRUE(EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, kind, nullptr) == 1, "SHA-2 is always there");
  return {reinterpret_cast<char*>(out.data()), size};
}

Result<std::string> digest(std::string_view algorithm, std::string_view bytes) {
  if (algorithm == "MD5") return base::md5(bytes);
  if (algorithm == "SHA-1") return base::sha1(bytes);
  if (algorithm == "SHA-256") return base::sha256(bytes);
  if (algorithm == "SHA-384") return sha2(EVP_sha384(), bytes);
  if (algorithm == "SHA-512") return sha2(EVP_sha512(), bytes);
  return intrinsic_failure("the algorithm must be one of MD5, SHA-1, SHA-256, SHA-384, SHA-512");
}

}  // namespace

// The template still has its escapes: `\{` is a brace that is none of the places.
Result<Json> format(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* pattern, text_argument(arguments[0], "the first argument"));
  std::string out, plain;
  size_t used = 0;
  for (size_t i = 0; i < pattern->size(); ++i) {
    if ((*pattern)[i] == '\\' && i + 1 < pattern->size()) {
      plain += pattern->substr(i++, 2);
      continue;
    }
    if (pattern->compare(i, 2, "{}") != 0) {
      plain += (*pattern)[i];
      continue;
    }
    if (++used >= arguments.size()) return intrinsic_failure("there are more {} than arguments");
    out += without_escapes(plain) + as_text(arguments[used]);
    plain.clear();
    ++i;
  }
  if (used + 1 != arguments.size()) return intrinsic_failure("there are fewer {} than arguments");
  return Json(out + without_escapes(plain));
}

Result<Json> string_to_json(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* text, text_argument(arguments[0], "the argument"));
  auto value = parse_payload(*text);
  if (!value.ok()) return intrinsic_failure(value.error().says);
  return value;
}

Result<Json> json_to_string(Arguments arguments, Entropy&) { return Json(arguments[0].dump()); }

Result<Json> json_merge(Arguments arguments, Entropy&) {
  auto *first = arguments[0].as_object(), *second = arguments[1].as_object();
  auto* deep = arguments[2].as_bool();
  if (!first || !second) return intrinsic_failure("only objects can be merged");
  if (!deep || *deep) return intrinsic_failure("the third argument must be false: objects are merged shallowly");
  auto members = *first;
  members.insert(members.end(), second->begin(), second->end());
  return Json(last_members(std::move(members)));
}

Result<Json> string_split(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* text, text_argument(arguments[0], "the first argument"));
  WEIR_TRY(auto* delimiters, text_argument(arguments[1], "the second argument"));
  Json::Array out;
  for (size_t at = text->find_first_not_of(*delimiters); at != std::string::npos;) {
    size_t end = text->find_first_of(*delimiters, at);
    out.emplace_back(text->substr(at, end - at));
    at = text->find_first_not_of(*delimiters, end);
  }
  bool whole = std::all_of(out.begin(), out.end(), [](auto& piece) { return base::is_valid_utf8(*piece.as_string()); });
  if (!whole) return intrinsic_failure("the delimiters must be ASCII characters");
  return Json(std::move(out));
}

Result<Json> base64_encode(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* text, short_text(arguments[0]));
  return Json(base::base64(*text));
}

Result<Json> base64_decode(Arguments arguments, Entropy&) {
  WEIR_TRY(auto* text, short_text(arguments[0]));
  auto bytes = base::unbase64(*text);
  if (!bytes.ok()) return intrinsic_failure("the argument is not Base64");
  if (!base::is_valid_utf8(*bytes)) return intrinsic_failure("what was decoded is not UTF-8");
  return Json(std::move(*bytes));
}

Result<Json> hash(Arguments arguments, Entropy&) {
  auto data = as_text(arguments[0]);
  WEIR_TRY(auto* algorithm, text_argument(arguments[1], "the algorithm"));
  if (data.size() > kIntrinsicTextMax && base::utf8_length(data) > kIntrinsicTextMax)
    return intrinsic_failure("the data has more than " + std::to_string(kIntrinsicTextMax) + " characters");
  WEIR_TRY(auto bytes, digest(*algorithm, data));
  return Json(base::hex(bytes));
}

}  // namespace weir::workflow
