// Whatever the bytes: cutting the body differently changes nothing, no more comes out than was announced, of a
// signed body nothing comes out that was not signed, and what is encoded is decoded.
#include "base/check.h"
#include "base/text.h"
#include "wire/sigv4/chunked.h"

namespace {

using namespace weir;
using namespace weir::wire;

struct Collected final : base::ByteSink {
  std::string bytes;
  base::Status write(std::string_view piece) override {
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

ChunkChain chain() {
  Authorization seed;
  seed.scope = {"20260803", "us-east-1", "s3"};
  seed.signature = std::string(64, 'a');
  seed.amz_date = "20260803T101500Z";
  return {SigningKey("the thirty-two bytes of the key."), seed};
}

Outcome decode(std::string_view encoded, size_t piece, Payload kind, uint64_t length) {
  Collected sink;
  std::vector<std::string> announced = {"x-amz-checksum-crc32"};
  if (kind == Payload::chunked_signed) announced.clear();
  ChunkedDecoder decoder({kind, length, announced, chain()}, sink);
  bool ok = true;
  for (; ok && !encoded.empty(); encoded.remove_prefix(std::min(piece, encoded.size())))
    ok = decoder.write(encoded.substr(0, piece)).ok();
  ok = decoder.finish().ok() && ok;
  return {ok, sink.bytes, decoder.trailers()};
}

std::string hex_of(uint64_t size) {
  std::string out;
  for (; out.empty() || size; size /= 16) out.insert(out.begin(), "0123456789abcdef"[size % 16]);
  return out;
}

// Signed, in chunks of at most `chunk` bytes.
std::string encode(std::string_view bytes, size_t chunk) {
  auto links = chain();
  std::string out;
  for (bool last = false; !last;) {
    auto piece = bytes.substr(0, chunk);
    bytes.remove_prefix(piece.size());
    last = piece.empty();
    out += hex_of(piece.size()) + ";chunk-signature=" + links.sign_chunk(piece) + "\r\n";
    if (!last) out.append(piece).append("\r\n");
  }
  return out + "\r\n";
}

void check_strangers_body(std::string_view encoded, Payload kind) {
  auto whole = decode(encoded, encoded.size() + 1, kind, 64);
  CHECK_TRUE(whole.bytes.size() <= 64 && (!whole.ok || whole.bytes.size() == 64), "as long as was announced");
  CHECK_TRUE(decode(encoded, 1, kind, 64).ok == whole.ok, "the pieces do not matter");
  CHECK_TRUE(!whole.ok || decode(encoded, 3, kind, 64) == whole, "the pieces do not matter");
  // The seeds hold a body that was signed with this key: 48 dots, then 16.
  if (kind != Payload::chunked_unsigned_trailer)
    CHECK_TRUE(whole.bytes == std::string(whole.bytes.size(), '.'), "nothing comes out that was not signed");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (auto kind : {Payload::chunked_unsigned_trailer, Payload::chunked_signed, Payload::chunked_signed_trailer})
    check_strangers_body(text, kind);
  for (size_t chunk : {size_t{7}, size_t{1000}}) {
    auto encoded = encode(text, chunk);
    auto back = decode(encoded, 5, Payload::chunked_signed, size);
    CHECK_TRUE(back.ok && back.bytes == text, "what is encoded is decoded");
    encoded[encoded.size() / 2] ^= 1;
    CHECK_TRUE(text.starts_with(decode(encoded, 5, Payload::chunked_signed, size).bytes), "nothing altered comes out");
  }
  return 0;
}
