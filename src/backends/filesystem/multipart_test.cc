#include "backends/filesystem/backend_fixture.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::backends {
namespace {

using objects::CompletedPart;
using objects::UploadName;

class MultipartTest : public FilesystemBackendTest {
 protected:
  UploadName start(const std::string& key, objects::UploadRequest request = {}) {
    return {"lake", key, backend().create_upload("lake", key, request).value().id};
  }
  CompletedPart part(const UploadName& upload, int number, std::string_view bytes,
                     std::optional<objects::Checksum> checksum = {}) {
    auto writer = std::move(backend().begin_part(upload, number)).value();
    EXPECT_TRUE(writer->write(bytes).ok());
    auto done = writer->finish(std::move(checksum), std::nullopt);
    EXPECT_TRUE(done.ok());
    return {number, done->etag, ""};
  }
};

}  // namespace

TEST_F(MultipartTest, PartsBecomeOneObjectWithoutMovingBytes) {
  auto upload = start("k", {.metadata = {.content_type = "text/csv"}});
  auto second = part(upload, 7, big('b'));
  auto first = part(upload, 2, big('a'));
  EXPECT_FALSE(backend().head("lake", "k").ok()) << "not visible before it is complete";
  auto files = body_files();
  auto info = backend().complete_upload(upload, {.parts = {first, second}});
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->etag, base::hex(base::md5(base::md5(big('a')) + base::md5(big('b')))) + "-2");
  EXPECT_EQ(info->metadata.content_type, "text/csv");
  EXPECT_EQ(body_files(), files);
  restart();
  EXPECT_EQ(*get(backend(), "lake", "k"), big('a') + big('b'));
  EXPECT_TRUE(backend().list_uploads("lake", {})->uploads.empty());
}

TEST_F(MultipartTest, AnEmptyLastPartIsAllowed) {
  auto upload = start("k");
  auto first = part(upload, 1, "body"), last = part(upload, 2, "");
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = {first, last}}).ok());
  EXPECT_EQ(*get(backend(), "lake", "k"), "body");
  auto alone = start("empty");
  ASSERT_TRUE(backend().complete_upload(alone, {.parts = {part(alone, 1, "")}}).ok());
  EXPECT_EQ(*get(backend(), "lake", "empty"), "");
}

TEST_F(MultipartTest, PiecesEndWithTheirPart) {
  auto upload = start("k");
  std::vector<CompletedPart> parts;
  for (int i = 0; i < 5; ++i) parts.push_back(part(upload, i + 1, std::string(10, static_cast<char>('a' + i))));
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = parts}).ok());
  auto reader = std::move(backend().open("lake", "k")).value();
  EXPECT_EQ(reader->piece(15, 100)->length, 5u);
  EXPECT_EQ(reader->piece(15, 100)->offset, 5u);
  EXPECT_EQ(reader->piece(20, 3)->length, 3u);
  char bytes[50];
  EXPECT_EQ(*reader->read(9, bytes, 50), 1u);
  EXPECT_EQ(bytes[0], 'a');
  EXPECT_EQ(*reader->read(50, bytes, 50), 0u);
  EXPECT_EQ(*reader->part(3), (objects::ByteRange{20, 10}));
  EXPECT_FALSE(reader->part(6));
}

TEST_F(MultipartTest, AReaderOfManyPartsKeepsThemWhileTheObjectGoes) {
  auto upload = start("k");
  std::vector<CompletedPart> parts = {part(upload, 1, big('a')), part(upload, 2, big('b'))};
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = parts}).ok());
  {
    auto reader = std::move(backend().open("lake", "k")).value();
    auto other = std::move(backend().open("lake", "k")).value();
    ASSERT_TRUE(backend().erase("lake", "k").ok());
    other.reset();
    EXPECT_EQ(*read_all(*reader), big('a') + big('b'));
    EXPECT_EQ(body_files(), 2u);
  }
  EXPECT_EQ(body_files(), 0u) << "the last reader takes the files along";
}

TEST_F(MultipartTest, AnUploadedAgainPartReplacesTheFirst) {
  auto upload = start("k");
  auto old = part(upload, 1, big('a')), fresh = part(upload, 1, big('b'));
  EXPECT_EQ(body_files(), 1u);
  EXPECT_EQ(backend().complete_upload(upload, {.parts = {old}}).error().about, "part");
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = {fresh}}).ok());
  EXPECT_EQ(*get(backend(), "lake", "k"), big('b'));
}

TEST_F(MultipartTest, PartsLeftOutAndAbortedUploadsGo) {
  auto upload = start("k");
  auto first = part(upload, 1, big('a'));
  part(upload, 2, big('b'));
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = {first}}).ok());
  EXPECT_EQ(body_files(), 1u);
  auto aborted = start("k2");
  part(aborted, 1, big('c'));
  ASSERT_TRUE(backend().abort_upload(aborted).ok());
  EXPECT_EQ(body_files(), 1u);
  EXPECT_EQ(backend().abort_upload(aborted).error().about, "upload");
  EXPECT_EQ(backend().begin_part(aborted, 1).error().about, "upload");
  EXPECT_EQ(backend().complete_upload(aborted, {.parts = {first}}).error().about, "upload");
}

TEST_F(MultipartTest, CompletingTwiceAnswersTheSame) {
  auto upload = start("k");
  objects::CompleteRequest request{.parts = {part(upload, 1, big('a'))}};
  auto first = backend().complete_upload(upload, request), again = backend().complete_upload(upload, request);
  ASSERT_TRUE(first.ok() && again.ok());
  EXPECT_EQ(first->version, again->version);
}

TEST_F(MultipartTest, APartFinishedAfterTheAbortLeavesNothing) {
  auto upload = start("k");
  auto writer = std::move(backend().begin_part(upload, 1)).value();
  ASSERT_TRUE(writer->write(big('a', 300'000)).ok());
  ASSERT_TRUE(backend().abort_upload(upload).ok());
  EXPECT_EQ(writer->finish({}, {}).error().about, "upload");
  writer.reset();
  EXPECT_EQ(body_files(), 0u);
}

TEST_F(MultipartTest, AnUploadBelongsToItsKey) {
  auto upload = start("mine");
  EXPECT_EQ(backend().begin_part({"lake", "other", upload.id}, 1).error().about, "upload");
  EXPECT_EQ(backend().abort_upload({"lake", "other", upload.id}).error().about, "upload");
}

TEST_F(MultipartTest, ChecksumsAreCombinedAndCompared) {
  using enum objects::ChecksumAlgorithm;
  auto checksum = [](std::string_view bytes) {
    auto crc = base::crc64nvme(0, bytes);
    std::string raw;
    for (int shift = 56; shift >= 0; shift -= 8) raw += static_cast<char>(crc >> shift);
    return objects::Checksum{crc64nvme, objects::ChecksumType::full_object, base::base64(raw)};
  };
  auto upload = start("k", {.algorithm = crc64nvme});
  std::vector<CompletedPart> parts = {part(upload, 1, "hello ", checksum("hello ")),
                                      part(upload, 2, "world", checksum("world"))};
  EXPECT_EQ(backend().complete_upload(upload, {.parts = parts, .checksum = checksum("hello worlds")}).error().about,
            "digest");
  EXPECT_EQ(backend().complete_upload(upload, {.parts = parts, .object_size = 12}).error().about, "digest");
  auto info = backend().complete_upload(upload, {.parts = parts, .checksum = checksum("hello world")});
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->checksum, checksum("hello world"));
  auto strict = start("k", {.algorithm = crc64nvme});
  auto writer = std::move(backend().begin_part(strict, 1)).value();
  EXPECT_EQ(writer->finish({}, {}).error().about, "checksum");
}

TEST_F(MultipartTest, CompletingObeysConditions) {
  ASSERT_TRUE(put(backend(), "lake", "k", "there").ok());
  auto upload = start("k");
  objects::CompleteRequest request{.parts = {part(upload, 1, "mine")},
                                   .conditions = {.if_none_match = *objects::parse_etags("*")}};
  EXPECT_EQ(backend().complete_upload(upload, request).error().kind, base::Kind::precondition_failed);
  EXPECT_EQ(*get(backend(), "lake", "k"), "there");
  request.conditions = {};
  EXPECT_TRUE(backend().complete_upload(upload, request).ok()) << "the upload is still there";
}

TEST_F(MultipartTest, ListsPartsAndUploadsPageByPage) {
  auto upload = start("a/1");
  for (int i : {1, 2, 9}) part(upload, i, "body");
  auto page = *backend().list_parts(upload, 0, 2);
  EXPECT_EQ(page.parts.size(), 2u);
  EXPECT_TRUE(page.truncated);
  page = *backend().list_parts(upload, page.next, 2);
  ASSERT_EQ(page.parts.size(), 1u);
  EXPECT_EQ(page.parts[0].number, 9);

  start("a/1");
  start("b");
  auto uploads = *backend().list_uploads("lake", {.max = 1});
  EXPECT_TRUE(uploads.truncated);
  auto rest = *backend().list_uploads("lake", {.after_key = uploads.next_key, .after_id = uploads.next_id});
  ASSERT_EQ(rest.uploads.size(), 2u);
  EXPECT_EQ(rest.uploads[1].key, "b");
  EXPECT_EQ(backend().list_uploads("lake", {.after_key = "a/1"})->uploads.size(), 1u);
  EXPECT_EQ(backend().list_uploads("lake", {.delimiter = "/"})->prefixes, std::vector<std::string>{"a/"});
}

TEST_F(MultipartTest, ABucketTakesItsUploadsAlong) {
  part(start("k"), 1, big('a'));
  ASSERT_TRUE(backend().delete_bucket("lake").ok());
  EXPECT_EQ(body_files(), 0u);
  ASSERT_TRUE(backend().create_bucket("lake", "111122223333", "").ok());
  EXPECT_TRUE(backend().list_uploads("lake", {})->uploads.empty());
}

TEST_F(MultipartTest, ACopyOfManyPartsIsReadable) {
  auto upload = start("k");
  std::vector<CompletedPart> parts = {part(upload, 1, big('a')), part(upload, 2, big('b'))};
  ASSERT_TRUE(backend().complete_upload(upload, {.parts = parts}).ok());
  ASSERT_TRUE(backend().copy({.from_bucket = "lake", .from_key = "k", .to_bucket = "lake", .to_key = "to"}).ok());
  ASSERT_TRUE(backend().erase("lake", "k").ok());
  EXPECT_EQ(*get(backend(), "lake", "to"), big('a') + big('b'));
  EXPECT_EQ(body_files(), 2u);
}

}  // namespace weir::backends
