// Any form is either refused or read, and what was read is written in a form that reads the same.
#include "base/check.h"
#include "wire/query_codec.h"
#include "wire/sts_operations.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::wire;
  auto& operation = sts::op::AssumeRole::model();
  const std::string_view form[] = {{reinterpret_cast<const char*>(data), size}};
  sts::AssumeRoleRequest first;
  if (!decode_query(*operation.input, form, &first).ok()) return 0;
  std::string text;
  encode_query_request(operation, &first, text);
  const std::string_view written[] = {text};
  sts::AssumeRoleRequest second;
  CHECK_TRUE(decode_query(*operation.input, written, &second).ok(), "what we write we can read");
  std::string again;
  encode_query_request(operation, &second, again);
  CHECK_TRUE(text == again, "writing is stable");
  return 0;
}
