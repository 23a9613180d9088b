// Whatever the bytes: cutting the body differently changes nothing, and no more comes out than was announced.
#include "wire/sigv4/chunked.h"

namespace {

struct Collected final : weir::base::ByteSink {
  std::string bytes;
  weir::base::Status write(std::string_view piece) override {
    bytes += piece;
    return {};
  }
};

struct Outcome {
  bool ok;
  std::string bytes;
  std::vector<std::pair<std::string, std::string>> trailers;
  bool operator==(const Outcome&) const = default;
};

Outcome decode(std::string_view encoded, size_t piece, weir::wire::Payload kind) {
  Collected sink;
  weir::wire::ChunkedDecoder decoder({kind, 64, {"x-amz-checksum-crc32"}, {}}, sink);
  bool ok = true;
  for (; ok && !encoded.empty(); encoded.remove_prefix(std::min(piece, encoded.size())))
    ok = decoder.write(encoded.substr(0, piece)).ok();
  ok = decoder.finish().ok() && ok;
  return {ok, sink.bytes, decoder.trailers()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using weir::wire::Payload;
  std::string_view encoded(reinterpret_cast<const char*>(data), size);
  for (auto kind : {Payload::chunked_unsigned_trailer, Payload::chunked_signed_trailer}) {
    auto whole = decode(encoded, size + 1, kind);
    if (whole.bytes.size() > 64) __builtin_trap();
    if (whole.ok && whole.bytes.size() != 64) __builtin_trap();
    if (decode(encoded, 1, kind).ok != whole.ok) __builtin_trap();
    if (whole.ok && !(decode(encoded, 3, kind) == whole)) __builtin_trap();
  }
  return 0;
}
