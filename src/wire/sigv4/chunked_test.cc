#include "wire/sigv4/chunked.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "wire/sigv4/sigv4.h"

namespace weir::wire {
namespace {

struct Collected final : base::ByteSink {
  std::string bytes;
  base::Status write(std::string_view piece) override {
    bytes += piece;
    return {};
  }
};

// The published example: 66560 bytes 'a' put in chunks of 64 KiB.
Authorization example_seed() {
  Authorization seed;
  seed.amz_date = "20130524T000000Z";
  seed.scope = {"20130524", "us-east-1", "s3"};
  seed.signature = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
  return seed;
}
ChunkChain example_chain() {
  auto seed = example_seed();
  return {derive_signing_key(base::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), seed.scope), seed};
}

std::string frame(std::string_view data, const std::string& signature) {
  char size[32];
  std::snprintf(size, sizeof size, "%zx", data.size());
  return std::string(size) + ";chunk-signature=" + signature + "\r\n" + std::string(data) +
         (data.empty() ? "" : "\r\n");
}

struct Encoded {
  std::vector<std::string> frames;  // data frames, the zero frame, the trailer lines
  uint64_t length = 0;
  std::string all() const {
    std::string out;
    for (const auto& f : frames) out += f;
    return out;
  }
};

Encoded encode(std::vector<std::string> chunks, std::string trailers = {}) {
  auto chain = example_chain();
  Encoded out;
  for (const auto& chunk : chunks) {
    out.frames.push_back(frame(chunk, chain.sign_chunk(chunk)));
    out.length += chunk.size();
  }
  out.frames.push_back(frame("", chain.sign_chunk("")));
  if (!trailers.empty()) {
    out.frames.push_back(trailers + "\r\n");
    out.frames.push_back("x-amz-trailer-signature:" + chain.sign_trailers(trailers + "\n") + "\r\n");
  }
  out.frames.push_back("\r\n");
  return out;
}

ChunkedBody signed_body(uint64_t length) { return {Payload::chunked_signed, length, {}, example_chain()}; }
ChunkedBody trailer_body(uint64_t length) {
  return {Payload::chunked_signed_trailer, length, {"x-amz-checksum-crc32c"}, example_chain()};
}
ChunkedBody plain_body(uint64_t length, std::vector<std::string> trailers = {"x-amz-checksum-crc32"}) {
  return {Payload::chunked_unsigned_trailer, length, std::move(trailers), {}};
}

struct Outcome {
  base::Status status;
  std::string bytes;
  std::vector<std::pair<std::string, std::string>> trailers;
};
Outcome decode(ChunkedBody body, std::string_view encoded, size_t piece = std::string::npos) {
  Collected sink;
  ChunkedDecoder decoder(std::move(body), sink);
  base::Status status;
  for (size_t at = 0; at < encoded.size() && status.ok(); at += std::min(piece, encoded.size()))
    status = decoder.write(encoded.substr(at, piece));
  auto end = decoder.finish();
  EXPECT_TRUE(status.ok() || !end.ok()) << "the first error is final";
  return {status.ok() ? end : status, sink.bytes, decoder.trailers()};
}
std::string about(const Outcome& outcome) { return outcome.status.ok() ? "ok" : outcome.status.error().about; }

const std::string kTrailer = "x-amz-checksum-crc32c:sOO8/Q==";

}  // namespace

TEST(Chunked, ThePublishedChunkSignaturesHold) {
  auto chain = example_chain();
  EXPECT_EQ(chain.sign_chunk(std::string(65536, 'a')),
            "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
  EXPECT_EQ(chain.sign_chunk(std::string(1024, 'a')),
            "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
  EXPECT_EQ(chain.sign_chunk(""), "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
}

TEST(Chunked, ThePublishedSeedSignatureHolds) {
  OutgoingRequest request{"PUT",
                          "/examplebucket/chunkObject.txt",
                          {{"Host", "s3.amazonaws.com"},
                           {"x-amz-storage-class", "REDUCED_REDUNDANCY"},
                           {"Content-Encoding", "aws-chunked"},
                           {"x-amz-decoded-content-length", "66560"},
                           {"Content-Length", "66824"}}};
  auto signed_as =
      sign_request(request, {"AKIAIOSFODNN7EXAMPLE", base::Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), ""},
                   "us-east-1", "s3", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", *base::parse_amz_date("20130524T000000Z"));
  EXPECT_EQ(signed_as.signature, example_seed().signature);
}

TEST(Chunked, BodiesComeOutWholeHoweverTheyAreCut) {
  auto encoded = encode({std::string(300, 'a'), "b", std::string(77, 'c')});
  for (size_t piece : {1ul, 2ul, 3ul, 7ul, 64ul, 100000ul}) {
    auto outcome = decode(signed_body(378), encoded.all(), piece);
    EXPECT_TRUE(outcome.status.ok()) << outcome.status.error().says;
    EXPECT_EQ(outcome.bytes, std::string(300, 'a') + "b" + std::string(77, 'c'));
  }
  EXPECT_TRUE(decode(signed_body(0), encode({}).all()).status.ok());
}

TEST(Chunked, TrailersAreProvedAndHandedOver) {
  auto encoded = encode({"hello"}, kTrailer);
  auto outcome = decode(trailer_body(5), encoded.all(), 3);
  ASSERT_TRUE(outcome.status.ok()) << outcome.status.error().says;
  ASSERT_EQ(outcome.trailers.size(), 1u);
  EXPECT_EQ(outcome.trailers[0].second, "sOO8/Q==");
  auto plain = decode(plain_body(5), "5\r\nhello\r\n0\r\nX-Amz-Checksum-CRC32: NhCmhg==\r\n\r\n", 1);
  ASSERT_TRUE(plain.status.ok()) << plain.status.error().says;
  EXPECT_EQ(plain.bytes, "hello");
  EXPECT_EQ(plain.trailers[0], std::make_pair(std::string("x-amz-checksum-crc32"), std::string("NhCmhg==")));
}

TEST(Chunked, NoFlippedByteGoesUnnoticed) {
  for (bool trailer : {false, true}) {
    auto good = trailer ? encode({"hello", "there"}, kTrailer) : encode({"hello", "there"});
    auto text = good.all();
    for (size_t i = 0; i < text.size(); ++i) {
      for (int bit : {0, 5, 7}) {
        auto bad = text;
        bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
        auto outcome = decode(trailer ? trailer_body(10) : signed_body(10), bad);
        bool name_case = trailer && bit == 5 && i >= text.find("x-amz-checksum");  // names ignore case
        EXPECT_TRUE(name_case || !outcome.status.ok()) << i << " " << bad;
        EXPECT_TRUE(std::string("hellothere").starts_with(outcome.bytes)) << "only proved bytes reach the sink";
      }
    }
  }
}

TEST(Chunked, NothingOfAForgedChunkReachesTheSink) {
  auto encoded = encode({"hello", "there"});
  auto bad = encoded.all();
  bad.replace(bad.find("there"), 5, "THERE");
  auto outcome = decode(signed_body(10), bad, 1);
  EXPECT_EQ(about(outcome), kChunkSignatureFault);
  EXPECT_EQ(outcome.status.error().kind, base::Kind::unauthenticated);
  EXPECT_EQ(outcome.bytes, "hello");
}

TEST(Chunked, ReorderedDroppedRepeatedAndForeignChunksAreRefused) {
  auto e = encode({"hello", "there"});
  EXPECT_EQ(about(decode(signed_body(10), e.frames[1] + e.frames[0] + e.frames[2] + "\r\n")), kChunkSignatureFault);
  EXPECT_EQ(about(decode(signed_body(10), e.frames[0] + e.frames[0] + e.frames[2] + "\r\n")), kChunkSignatureFault);
  EXPECT_EQ(about(decode(signed_body(5), e.frames[0] + e.frames[2] + "\r\n")), kChunkSignatureFault);
  auto other = encode({"12345", "67890"});
  EXPECT_EQ(about(decode(signed_body(10), e.frames[0] + other.frames[1] + e.frames[2] + "\r\n")), kChunkSignatureFault);
}

TEST(Chunked, EveryTruncationIsIncomplete) {
  auto text = encode({"hello", "there"}, kTrailer).all();
  for (size_t n = 0; n < text.size(); ++n)
    EXPECT_EQ(about(decode(trailer_body(10), text.substr(0, n))), kIncompleteBodyFault) << n;
  EXPECT_EQ(about(decode(trailer_body(10), text + "x")), kChunkFramingFault);
}

TEST(Chunked, TheDecodedLengthIsExact) {
  auto text = encode({"hello", "there"}).all();
  EXPECT_EQ(about(decode(signed_body(9), text)), kIncompleteBodyFault);
  EXPECT_EQ(about(decode(signed_body(11), text)), kIncompleteBodyFault);
  auto long_chunk = decode(plain_body(3), "ffffffffffffffff\r\nx");
  EXPECT_EQ(about(long_chunk), kIncompleteBodyFault);
  EXPECT_EQ(long_chunk.bytes, "");
}

TEST(Chunked, MalformedFramingIsRefused) {
  for (std::string_view text :
       {"\r\n", "x\r\n", "0x5\r\nhello\r\n", "+5\r\n", "-5\r\n", "5 \r\nhello\r\n", "5\nhello\r\n", "5\r\nhelloX\r\n",
        "5\r\nhello\n0\r\n", "00000000000000005\r\n", "5;ext\r\nhello\r\n", "5;\r\nhello\r\n"})
    EXPECT_EQ(about(decode(plain_body(5, {}), text)), kChunkFramingFault) << text;
  EXPECT_EQ(about(decode(plain_body(5, {}), std::string(100000, '0'))), kChunkFramingFault) << "a line without end";
  EXPECT_EQ(about(decode(signed_body(5), "5\r\nhello\r\n")), kChunkFramingFault) << "a signed body needs signatures";
  EXPECT_EQ(about(decode(signed_body(5), "5;chunk-signature=\r\nhello\r\n")), kChunkFramingFault);
}

TEST(Chunked, ASignedChunkLargerThanTheServerHoldsIsRefused) {
  auto body = signed_body(10);
  body.chunk_bytes_max = 4;
  EXPECT_EQ(about(decode(std::move(body), encode({"hello", "there"}).all())), kChunkSizeFault);
}

TEST(Chunked, TrailersAreTheAnnouncedOnes) {
  const std::string data = "5\r\nhello\r\n0\r\n";
  EXPECT_EQ(about(decode(plain_body(5), data + "\r\n")), kTrailerFault) << "announced, missing";
  EXPECT_EQ(about(decode(plain_body(5, {}), data + "x-amz-checksum-crc32:a\r\n\r\n")), kTrailerFault)
      << "not announced";
  EXPECT_EQ(about(decode(plain_body(5), data + "x-amz-checksum-crc32:a\r\nx-amz-checksum-crc32:a\r\n\r\n")),
            kTrailerFault);
  EXPECT_EQ(about(decode(plain_body(5), data + "no colon\r\n\r\n")), kTrailerFault);
  EXPECT_EQ(about(decode(plain_body(5), data + "x-amz-checksum-crc32:" + std::string(9000, 'a') + "\r\n\r\n")),
            kChunkFramingFault);
  auto e = encode({"hello"}, kTrailer);
  EXPECT_EQ(about(decode(signed_body(5), e.all())), kTrailerFault) << "a body without trailers has none";
  EXPECT_EQ(about(decode(trailer_body(5), e.frames[0] + e.frames[1] + e.frames[2] + "\r\n")), kChunkSignatureFault)
      << "unsigned trailer";
}

TEST(Chunked, AnnouncementsAreListsOfNames) {
  EXPECT_EQ(announced_trailers(" X-Amz-Checksum-CRC32 ,b,"), (std::vector<std::string>{"x-amz-checksum-crc32", "b"}));
  EXPECT_TRUE(announced_trailers("").empty());
}

TEST(Chunked, ASinkThatFailsStopsTheBody) {
  struct Full final : base::ByteSink {
    base::Status write(std::string_view) override { return base::internal("disk full"); }
  } sink;
  ChunkedDecoder decoder(plain_body(5, {}), sink);
  EXPECT_FALSE(decoder.write("5\r\nhello\r\n0\r\n\r\n").ok());
  EXPECT_FALSE(decoder.finish().ok());
}

}  // namespace weir::wire
