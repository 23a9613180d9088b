// aws-chunked bodies: framing inside the HTTP body, where every chunk may carry its own signature.
//
//   <hex size>[;chunk-signature=<64 hex>]CRLF <data> CRLF ... 0[;chunk-signature=...]CRLF [trailers] CRLF
//
// ChunkedDecoder is fed the encoded bytes in any pieces and writes the decoded ones to a sink. One thread.
//  1. Of a signed body, no byte reaches the sink before the signature of its chunk has been proved.
//  2. The body is whole only after finish() has answered ok: until then nothing may be committed.
//  3. Never writes more than `decoded_length` bytes, never holds more than one chunk.
//  4. The first error is final.
// Errors name their noun in `about`: see the constants.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "wire/sigv4/authorization.h"
#include "wire/sigv4/signing_key.h"

namespace weir::wire {

inline constexpr std::string_view kChunkSignatureFault = "chunk-signature";  // kind unauthenticated
inline constexpr std::string_view kChunkFramingFault = "chunk-framing";
inline constexpr std::string_view kChunkSizeFault = "chunk-size";
inline constexpr std::string_view kIncompleteBodyFault = "incomplete-body";
inline constexpr std::string_view kTrailerFault = "trailer";

// The chain of signatures: each signs the one before it, the request's own signature is the first.
class ChunkChain {
 public:
  ChunkChain() = default;
  ChunkChain(const SigningKey& key, const Authorization& seed)
      : key_(key), amz_date_(seed.amz_date), scope_(seed.scope.text()), previous_(seed.signature) {}
  // The next link; each call moves the chain on.
  std::string sign_chunk(std::string_view data);
  std::string sign_trailers(std::string_view canonical_trailers);

 private:
  std::string sign(std::string_view kind, std::string_view middle, std::string_view bytes);
  SigningKey key_;
  std::string amz_date_, scope_, previous_;
};

struct ChunkedBody {
  Payload kind = Payload::chunked_unsigned_trailer;  // one of the chunked kinds
  uint64_t decoded_length = 0;                       // X-Amz-Decoded-Content-Length
  std::vector<std::string> trailers;                 // names announced in X-Amz-Trailer, lower case
  ChunkChain chain;                                  // signed kinds only
  uint64_t chunk_bytes_max = 16u << 20;              // of a signed chunk, which must be held whole
};

// "a, b" of X-Amz-Trailer as lower-case names.
std::vector<std::string> announced_trailers(std::string_view header);

class ChunkedDecoder final : public base::ByteSink {
 public:
  ChunkedDecoder(ChunkedBody body, base::ByteSink& into) : body_(std::move(body)), into_(into) {}

  base::Status write(std::string_view encoded) override;
  // After the last byte: was it all there?
  base::Status finish();
  // Proved and complete once finish() is ok. Names in lower case, in arrival order, without the signature.
  const std::vector<std::pair<std::string, std::string>>& trailers() const { return trailers_; }

 private:
  enum class Expects { chunk_line, data, data_end, trailer_line, nothing, failed };

  bool is_signed() const { return body_.kind != Payload::chunked_unsigned_trailer; }
  base::Status step(std::string_view& encoded);
  base::Status take_data(std::string_view& encoded);
  base::Status take_line(std::string_view& encoded);
  base::Status on_line(std::string_view line);
  base::Status begin_chunk(std::string_view line);
  base::Status end_chunk(std::string_view line);
  base::Status add_trailer(std::string_view line);
  base::Status end_trailers();
  base::Status prove_chunk();
  base::Status prove_trailers();

  ChunkedBody body_;
  base::ByteSink& into_;
  Expects expects_ = Expects::chunk_line;
  std::string line_;   // the unfinished line
  std::string chunk_;  // the unproved chunk of a signed body
  std::string chunk_signature_, trailer_signature_;
  uint64_t chunk_left_ = 0, decoded_ = 0;
  size_t trailer_bytes_ = 0;
  std::vector<std::pair<std::string, std::string>> trailers_;
  base::Error failure_;
};

}  // namespace weir::wire
