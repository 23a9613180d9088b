#include "wire/sigv4/chunked.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"

namespace weir::wire {
namespace {

constexpr std::string_view kEmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr std::string_view kSignatureExtension = "chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";
constexpr size_t kChunkLineMax = 128;
constexpr size_t kTrailerBytesMax = 8192;
constexpr size_t kTrailersMax = 16;

base::Error fault(std::string_view about, std::string says) {
  return base::invalid(std::move(says), std::string(about));
}
base::Error framing(std::string says) { return fault(kChunkFramingFault, std::move(says)); }
base::Error bad_signature(std::string says) {
  return base::fail(base::Kind::unauthenticated, std::move(says), std::string(kChunkSignatureFault));
}

// Plain hexadecimal, no sign, no prefix, at most 16 digits.
base::Result<uint64_t> parse_size(std::string_view digits) {
  if (digits.empty() || digits.size() > 16) return framing("a chunk's size is not a hexadecimal number");
  uint64_t size = 0;
  for (char c : digits) {
    char lower = base::ascii_lower(c);
    if (!(lower >= '0' && lower <= '9') && !(lower >= 'a' && lower <= 'f'))
      return framing("a chunk's size is not a hexadecimal number");
    size = size * 16 + static_cast<uint64_t>(lower <= '9' ? lower - '0' : lower - 'a' + 10);
  }
  return size;
}

}  // namespace

std::string ChunkChain::sign(std::string_view kind, std::string_view middle, std::string_view bytes) {
  std::string text(kind);
  text.append("\n").append(amz_date_).append("\n").append(scope_).append("\n").append(previous_).append("\n");
  text.append(middle).append(base::sha256_hex(bytes));
  previous_ = sign_text(key_, text);
  return previous_;
}
std::string ChunkChain::sign_chunk(std::string_view data) {
  return sign("AWS4-HMAC-SHA256-PAYLOAD", std::string(kEmptySha256) + "\n", data);
}
std::string ChunkChain::sign_trailers(std::string_view canonical_trailers) {
  return sign("AWS4-HMAC-SHA256-TRAILER", {}, canonical_trailers);
}

std::vector<std::string> announced_trailers(std::string_view header) {
  std::vector<std::string> names;
  for (auto name : base::split(header, ','))
    if (name = base::trim(name); !name.empty()) names.push_back(base::to_lower(name));
  return names;
}

base::Status ChunkedDecoder::write(std::string_view encoded) {
  while (!encoded.empty()) {
    if (expects_ == Expects::failed) return failure_;
    auto status = step(encoded);
    if (status.ok()) continue;
    expects_ = Expects::failed;
    failure_ = status.error();
    return status;
  }
  return {};
}

base::Status ChunkedDecoder::finish() {
  if (expects_ == Expects::failed) return failure_;
  if (expects_ != Expects::nothing) return fault(kIncompleteBodyFault, "the request body ended before its last chunk");
  return {};
}

base::Status ChunkedDecoder::step(std::string_view& encoded) {
  if (expects_ == Expects::nothing) return framing("the request body goes on after its last chunk");
  return expects_ == Expects::data ? take_data(encoded) : take_line(encoded);
}

base::Status ChunkedDecoder::take_data(std::string_view& encoded) {
  auto piece = encoded.substr(0, static_cast<size_t>(std::min<uint64_t>(chunk_left_, encoded.size())));
  encoded.remove_prefix(piece.size());
  chunk_left_ -= piece.size();
  if (chunk_left_ == 0) expects_ = Expects::data_end;
  if (!is_signed()) return into_.write(piece);
  chunk_.append(piece);
  return {};
}

base::Status ChunkedDecoder::take_line(std::string_view& encoded) {
  const size_t line_max = expects_ == Expects::trailer_line ? kTrailerBytesMax
                          : expects_ == Expects::data_end   ? 2
                                                            : kChunkLineMax;
  auto end = encoded.find('\n');
  auto piece = encoded.substr(0, end == std::string_view::npos ? end : end + 1);
  encoded.remove_prefix(piece.size());
  line_.append(piece.substr(0, line_max + 1 - std::min(line_max + 1, line_.size())));
  if (line_.size() > line_max) return framing("a line between chunks is too long");
  if (!line_.ends_with('\n')) return {};
  if (!line_.ends_with("\r\n")) return framing("a line between chunks must end with CRLF");
  auto line = std::move(line_);
  line_.clear();
  return on_line(std::string_view(line).substr(0, line.size() - 2));
}

base::Status ChunkedDecoder::on_line(std::string_view line) {
  switch (expects_) {
    case Expects::chunk_line: return begin_chunk(line);
    case Expects::data_end: return end_chunk(line);
    case Expects::trailer_line: return line.empty() ? end_trailers() : add_trailer(line);
    case Expects::data:
    case Expects::nothing:
    case Expects::failed: break;
  }
  return base::internal("aws-chunked: a line where none is expected");
}

base::Status ChunkedDecoder::begin_chunk(std::string_view line) {
  auto semicolon = line.find(';');
  WEIR_TRY(chunk_left_, parse_size(line.substr(0, semicolon)));
  auto extension = semicolon == std::string_view::npos ? std::string_view() : line.substr(semicolon + 1);
  if (!is_signed() && semicolon != std::string_view::npos) return framing("an unsigned chunk carries an extension");
  if (is_signed()) {
    if (!extension.starts_with(kSignatureExtension) || extension.size() != kSignatureExtension.size() + 64)
      return framing("a chunk carries no chunk-signature");
    chunk_signature_ = extension.substr(kSignatureExtension.size());
    if (chunk_left_ > body_.chunk_bytes_max) return fault(kChunkSizeFault, "a chunk is larger than this server holds");
  }
  if (chunk_left_ > body_.decoded_length - decoded_)
    return fault(kIncompleteBodyFault, "the chunks hold more than x-amz-decoded-content-length says");
  decoded_ += chunk_left_;
  if (chunk_left_ > 0) {
    expects_ = Expects::data;
    return {};
  }
  if (decoded_ != body_.decoded_length)
    return fault(kIncompleteBodyFault, "the chunks hold less than x-amz-decoded-content-length says");
  expects_ = Expects::trailer_line;
  return is_signed() ? prove_chunk() : base::Status();
}

base::Status ChunkedDecoder::end_chunk(std::string_view line) {
  if (!line.empty()) return framing("a chunk's data is longer than its size says");
  expects_ = Expects::chunk_line;
  return is_signed() ? prove_chunk() : base::Status();
}

base::Status ChunkedDecoder::prove_chunk() {
  if (!base::same_bytes(body_.chain.sign_chunk(chunk_), chunk_signature_))
    return bad_signature(
        "The request signature we calculated does not match the signature you provided: a chunk was altered.");
  if (chunk_.empty()) return {};
  auto status = into_.write(chunk_);
  chunk_.clear();
  return status;
}

base::Status ChunkedDecoder::add_trailer(std::string_view line) {
  trailer_bytes_ += line.size();
  if (body_.kind == Payload::chunked_signed)
    return fault(kTrailerFault, "the request body has a trailer, which its x-amz-content-sha256 does not announce");
  auto colon = line.find(':');
  if (colon == std::string_view::npos || trailer_bytes_ > kTrailerBytesMax || trailers_.size() >= kTrailersMax)
    return fault(
        kTrailerFault,
        "The request contained trailing data that was not well-formed or did not conform to our published schema.");
  auto name = base::to_lower(base::trim(line.substr(0, colon)));
  std::string value(base::trim(line.substr(colon + 1)));
  if (base::has_control_characters(value)) return fault(kTrailerFault, "a trailer's value holds control characters");
  if (!trailer_signature_.empty()) return fault(kTrailerFault, "the trailer signature must be the last trailer");
  if (name == kTrailerSignature && is_signed()) {
    trailer_signature_ = value.empty() ? "none" : value;
    return {};
  }
  if (std::find(body_.trailers.begin(), body_.trailers.end(), name) == body_.trailers.end())
    return fault(kTrailerFault, "a trailer was not announced in x-amz-trailer");
  for (const auto& [seen, unused] : trailers_)
    if (seen == name) return fault(kTrailerFault, "a trailer is given twice");
  trailers_.emplace_back(std::move(name), std::move(value));
  return {};
}

base::Status ChunkedDecoder::end_trailers() {
  if (body_.kind != Payload::chunked_signed && trailers_.size() != body_.trailers.size())
    return fault(kTrailerFault, "a trailer announced in x-amz-trailer is missing");
  if (body_.kind == Payload::chunked_signed_trailer) WEIR_CHECK_OK(prove_trailers());
  expects_ = Expects::nothing;
  return {};
}

base::Status ChunkedDecoder::prove_trailers() {
  auto sorted = trailers_;
  std::sort(sorted.begin(), sorted.end());
  std::string canonical;
  for (const auto& [name, value] : sorted) canonical.append(name).append(":").append(value).append("\n");
  if (!base::same_bytes(body_.chain.sign_trailers(canonical), trailer_signature_))
    return bad_signature(
        "The request signature we calculated does not match the signature you provided: the trailers were altered.");
  return {};
}

}  // namespace weir::wire
