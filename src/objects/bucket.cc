#include "objects/bucket.h"

#include <algorithm>

#include "base/text.h"

namespace weir::objects {
namespace {

bool lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool allowed(char c) { return lower_or_digit(c) || c == '.' || c == '-'; }

bool looks_like_ip(std::string_view name) {
  auto pieces = base::split(name, '.');
  return pieces.size() == 4 && std::ranges::all_of(pieces, [](std::string_view piece) {
           return !piece.empty() && piece.size() <= 3 && base::parse_int(piece).ok();
         });
}

// Names that S3 keeps for access points, directory buckets and its own use.
bool reserved(std::string_view name) {
  for (std::string_view prefix : {"xn--", "sthree-", "amzn-s3-demo-"})
    if (name.starts_with(prefix)) return true;
  for (std::string_view suffix : {"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"})
    if (name.ends_with(suffix)) return true;
  return false;
}

}  // namespace

base::Status check_bucket_name(std::string_view name) {
  bool good = name.size() >= 3 && name.size() <= 63 && std::ranges::all_of(name, allowed) &&
              lower_or_digit(name.front()) && lower_or_digit(name.back()) &&
              name.find("..") == std::string_view::npos && !looks_like_ip(name) && !reserved(name);
  if (!good) return base::invalid("The specified bucket is not valid.", "bucket-name");
  return {};
}

}  // namespace weir::objects
