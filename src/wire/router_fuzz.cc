// The first line is the method, the second the target, then header lines, an empty line, and the body.
#include "base/check.h"
#include "base/text.h"
#include "wire/router.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir;
  static const wire::Router router({"localhost", "s3.localhost"});
  auto lines = base::split({reinterpret_cast<const char*>(data), size}, '\n');
  if (lines.size() < 3) return 0;
  std::vector<wire::HeaderField> headers;
  size_t at = 2;
  for (; at < lines.size() && !lines[at].empty(); ++at) {
    auto parts = base::split_n(lines[at], ':', 2);
    if (parts.size() == 2) headers.emplace_back(parts[0], base::trim(parts[1]));
  }
  auto body = at + 1 < lines.size() ? lines[at + 1] : std::string_view();
  for (std::string_view scope : {"", "s3", "glue", "sts", "lakeformation", "unheard"}) {
    auto route = router.route({lines[0], lines[1], headers, scope, body});
    CHECK_TRUE((route.operation != nullptr) != route.refusal.has_value(), "an operation or a refusal");
    CHECK_TRUE(route.named.size() < 200, "names in the log are short");
    if (scope == "s3" && route.operation) CHECK_TRUE(route.service->name == "s3", "a request signed for S3 stays S3's");
  }
  return 0;
}
