#include "identity/saml/expectation.h"

namespace weir::identity::saml {

std::vector<std::string> aws_audiences() { return {"https://signin.aws.amazon.com/saml", "urn:amazon:webservices"}; }

std::vector<std::string> aws_recipients(std::string_view region) {
  std::vector<std::string> out{"https://signin.aws.amazon.com/saml"};
  if (!region.empty()) out.push_back("https://" + std::string(region) + ".signin.aws.amazon.com/saml");
  return out;
}

}  // namespace weir::identity::saml
