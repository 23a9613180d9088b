// Any bytes are either refused or read, and what was read is written in a form that reads the same.
#include "base/check.h"
#include "wire/glue_types.h"
#include "wire/json_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::wire;
  auto& shape = shape_of<glue::CreateTableRequest>();
  glue::CreateTableRequest first;
  if (!decode_json(shape, {reinterpret_cast<const char*>(data), size}, &first).ok()) return 0;
  std::string text;
  encode_json(shape, &first, text);
  glue::CreateTableRequest second;
  CHECK_TRUE(decode_json(shape, text, &second).ok(), "what we write we can read");
  std::string again;
  encode_json(shape, &second, again);
  // Sub-millisecond times are the one thing writing rounds, and only once.
  CHECK_TRUE(text == again, "writing is stable");
  return 0;
}
