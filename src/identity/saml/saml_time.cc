#include "identity/saml/saml_time.h"

namespace weir::identity::saml {

// A time without zone or seconds would be read by guess, and a guess here is a longer life of a credential.
base::Result<base::Instant> parse_saml_time(std::string_view text) {
  constexpr size_t kShortest = 20, kLongest = 40;
  if (text.size() < kShortest || text.size() > kLongest || text[10] != 'T' || text[16] != ':' || text.back() != 'Z')
    return base::invalid("not a SAML time");
  return base::parse_iso8601(text);
}

}  // namespace weir::identity::saml
