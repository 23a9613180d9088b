// Names of functions: whatever is asked for, a refusal or a name that reads back as itself.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "functions/function_name.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::functions;
  std::string_view input(reinterpret_cast<const char*>(data), size);
  auto name = parse_function_name(input, "us-east-1", "111122223333");
  if (!name.ok()) return 0;
  auto again = parse_function_name(name->named_arn(), "eu-west-1", "444455556666");
  if (!again.ok() || !(*again == *name)) std::abort();
  return 0;
}
