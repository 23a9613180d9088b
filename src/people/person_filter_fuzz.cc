// What callers write and this floor reads: filters of people, timestamps and numbers of SRP, refresh tokens.
#include "people/person_filter.h"
#include "people/sign_in.h"
#include "people/srp.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  people::Person ann;
  ann.username = "ann";
  if (auto filter = people::PersonFilter::parse(text); filter.ok()) filter->matches(ann);
  if (auto at = people::read_srp_timestamp(text); at.ok()) base::to_iso8601(*at);
  if (people::check_srp_public(text).ok() && (text.empty() || text == "0")) __builtin_trap();
  if (auto token = people::read_refresh_token(text); token && (token->sub.empty() || token->secret.empty()))
    __builtin_trap();
  return 0;
}
