// Any bytes are either refused or read, and what was read is written in a form that reads the same.
#include "base/check.h"
#include "wire/s3_types.h"
#include "wire/xml_codec.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace weir::wire;
  auto& shape = shape_of<s3::Delete>();
  s3::Delete first;
  if (!decode_xml(shape, {reinterpret_cast<const char*>(data), size}, {}, &first).ok()) return 0;
  std::string text;
  encode_xml(shape, &first, "Delete", {}, XmlTimes::millis, text);
  s3::Delete second;
  CHECK_TRUE(decode_xml(shape, text, {}, &second).ok(), "what we write we can read");
  CHECK_TRUE(first.Objects.size() == second.Objects.size(), "nothing is lost");
  for (size_t i = 0; i < first.Objects.size(); ++i)
    CHECK_TRUE(first.Objects[i].Key == second.Objects[i].Key, "keys survive");
  return 0;
}
