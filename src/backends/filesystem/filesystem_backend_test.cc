#include "backends/filesystem/filesystem_backend.h"

#include <algorithm>
#include <thread>

#include "backends/filesystem/backend_fixture.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::backends {
namespace {

using base::Kind;
using objects::Conditions;

Conditions if_none_match(std::string_view etags) { return {.if_none_match = *objects::parse_etags(etags)}; }
Conditions if_match(std::string_view etags) { return {.if_match = *objects::parse_etags(etags)}; }

}  // namespace

TEST_F(FilesystemBackendTest, GivesBackWhatWasPutAtEverySizeAlsoAfterARestart) {
  std::vector<size_t> sizes = {0, 1, 4096, 16384, 16385, 262'144, 262'145, 3'000'000};
  for (auto size : sizes) {
    auto info = put(backend(), "lake", "k" + std::to_string(size), big('x', size));
    ASSERT_TRUE(info.ok());
    EXPECT_EQ(info->etag, base::hex(base::md5(big('x', size))));
  }
  for (int round = 0; round < 2; ++round, restart())
    for (auto size : sizes) EXPECT_EQ(get(backend(), "lake", "k" + std::to_string(size)).value(), big('x', size));
  EXPECT_EQ(body_files(), 4u) << "16 KiB and less live in the index";
}

TEST_F(FilesystemBackendTest, KeepsMetadataAndChecksums) {
  objects::PutRequest request{.metadata = {.content_type = "text/csv", .user = {{"owner", "ü"}}}};
  request.checksum =
      objects::Checksum{objects::ChecksumAlgorithm::crc32, objects::ChecksumType::full_object, "AAAAAA=="};
  auto writer = std::move(backend().begin_put("lake", "k")).value();
  ASSERT_TRUE(writer->write("bytes").ok());
  ASSERT_TRUE(writer->finish(request).ok());
  restart();
  auto info = backend().head("lake", "k");
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->metadata, request.metadata);
  EXPECT_EQ(info->checksum, request.checksum);
}

TEST_F(FilesystemBackendTest, ADroppedWriterLeavesNothing) {
  for (auto& bytes : {std::string("small"), big('x', 600'000)}) {
    auto writer = std::move(backend().begin_put("lake", "k")).value();
    ASSERT_TRUE(writer->write(bytes).ok());
  }
  EXPECT_EQ(backend().head("lake", "k").error().about, "key");
  EXPECT_EQ(body_files(), 0u);
}

TEST_F(FilesystemBackendTest, AWrongMd5ShowsNothing) {
  auto writer = std::move(backend().begin_put("lake", "k")).value();
  ASSERT_TRUE(writer->write(big('x')).ok());
  objects::PutRequest request{.content_md5 = base::md5("other")};
  EXPECT_EQ(writer->finish(request).error().about, "digest");
  writer.reset();
  EXPECT_FALSE(backend().head("lake", "k").ok());
  EXPECT_EQ(body_files(), 0u);
}

TEST_F(FilesystemBackendTest, OverwritingAndErasingRemoveTheOldBody) {
  ASSERT_TRUE(put(backend(), "lake", "k", big('a')).ok());
  ASSERT_TRUE(put(backend(), "lake", "k", big('b')).ok());
  EXPECT_EQ(body_files(), 1u);
  EXPECT_EQ(*get(backend(), "lake", "k"), big('b'));
  ASSERT_TRUE(put(backend(), "lake", "k", "small").ok());
  EXPECT_EQ(body_files(), 0u);
  EXPECT_EQ(*get(backend(), "lake", "k"), "small");
  ASSERT_TRUE(backend().erase("lake", "k").ok());
  EXPECT_EQ(get(backend(), "lake", "k").error().kind, Kind::not_found);
  EXPECT_TRUE(backend().erase("lake", "k").ok()) << "erasing nothing succeeds";
}

TEST_F(FilesystemBackendTest, AReaderKeepsItsVersionWhileTheObjectChanges) {
  for (auto& [key, bytes] : {std::pair{"inline", std::string("aaa")}, std::pair{"file", big('a')}}) {
    ASSERT_TRUE(put(backend(), "lake", key, bytes).ok());
    auto reader = std::move(backend().open("lake", key)).value();
    ASSERT_TRUE(put(backend(), "lake", key, big('b')).ok());
    ASSERT_TRUE(backend().erase("lake", key).ok());
    EXPECT_EQ(*read_all(*reader), bytes);
  }
  EXPECT_EQ(body_files(), 0u);
}

TEST_F(FilesystemBackendTest, AnOpenFilePieceServesSendfile) {
  ASSERT_TRUE(put(backend(), "lake", "k", "0123456789" + big('x')).ok());
  auto reader = std::move(backend().open("lake", "k")).value();
  EXPECT_FALSE(reader->inline_bytes());
  auto piece = reader->piece(3, 4);
  ASSERT_TRUE(piece.ok());
  char bytes[4];
  ASSERT_EQ(::pread(piece->fd, bytes, piece->length, static_cast<off_t>(piece->offset)), 4);
  EXPECT_EQ(std::string_view(bytes, 4), "3456");
  EXPECT_FALSE(reader->piece(200'000, 1).ok());
}

TEST_F(FilesystemBackendTest, NamesWhatIsMissing) {
  EXPECT_EQ(backend().open("no-such", "k").error().about, "bucket");
  EXPECT_EQ(backend().open("lake", "k").error().about, "key");
  EXPECT_EQ(backend().begin_put("no-such", "k").error().about, "bucket");
  EXPECT_EQ(backend().erase("no-such", "k").error().about, "bucket");
  EXPECT_EQ(backend().list("no-such", {}).error().about, "bucket");
}

TEST_F(FilesystemBackendTest, BucketsAreMadeOnceAndGoWhenEmpty) {
  EXPECT_EQ(backend().create_bucket("lake", "111122223333", "").error().about, "own-bucket");
  EXPECT_EQ(backend().create_bucket("lake", "444455556666", "").error().about, "bucket");
  EXPECT_EQ(backend().create_bucket("../etc", "111122223333", "").error().kind, Kind::invalid);
  ASSERT_TRUE(put(backend(), "lake", "k", "x").ok());
  EXPECT_EQ(backend().delete_bucket("lake").error().kind, Kind::conflict);
  ASSERT_TRUE(backend().erase("lake", "k").ok());
  ASSERT_TRUE(backend().delete_bucket("lake").ok());
  EXPECT_EQ(backend().head_bucket("lake").error().kind, Kind::not_found);
  EXPECT_EQ(backend().delete_bucket("lake").error().kind, Kind::not_found);
}

TEST_F(FilesystemBackendTest, ABucketAskedForBeforeBelongsToItsNewOwnerOnceItIsMadeAgain) {
  EXPECT_EQ(backend().head_bucket("lake")->owner, "111122223333");
  ASSERT_TRUE(backend().delete_bucket("lake").ok());
  EXPECT_EQ(backend().head_bucket("lake").error().about, "bucket");
  ASSERT_TRUE(backend().create_bucket("lake", "444455556666", "").ok());
  EXPECT_EQ(backend().head_bucket("lake")->owner, "444455556666");
}

TEST_F(FilesystemBackendTest, ListsBucketsByOwnerPrefixAndPage) {
  for (auto name : {"aaa", "aab", "zzz"}) ASSERT_TRUE(backend().create_bucket(name, "444455556666", "eu-west-1").ok());
  auto page = *backend().list_buckets({.owner = "444455556666", .max = 2});
  ASSERT_EQ(page.buckets.size(), 2u);
  EXPECT_EQ(page.buckets[0].region, "eu-west-1");
  EXPECT_TRUE(page.truncated);
  page = *backend().list_buckets({.owner = "444455556666", .after = page.next});
  ASSERT_EQ(page.buckets.size(), 1u);
  EXPECT_EQ(page.buckets[0].name, "zzz");
  EXPECT_EQ(backend().list_buckets({.prefix = "aa"})->buckets.size(), 2u);
  EXPECT_EQ(backend().list_buckets({})->buckets.size(), 4u);
}

TEST_F(FilesystemBackendTest, HostileKeysNeitherEscapeNorCollide) {
  std::vector<std::string> keys = {"../../etc/passwd",
                                   "..",
                                   ".",
                                   "/",
                                   "//",
                                   "a",
                                   "a/",
                                   "a//b",
                                   "a/b",
                                   "a/../b",
                                   "%2e%2e",
                                   "A",
                                   "\xf0\x9f\xa6\x86",
                                   "\xc3\xa9",
                                   "e\xcc\x81",
                                   "a\x01",
                                   "a\n",
                                   "a\\b",
                                   "a b",
                                   "a+b",
                                   "index.db",
                                   std::string(1024, 'k'),
                                   std::string(1023, 'k'),
                                   "\xe2\x82\xac"};
  for (auto& key : keys) ASSERT_TRUE(put(backend(), "lake", key, big('x', 20'000) + key).ok()) << key;
  for (auto& key : keys) EXPECT_EQ(get(backend(), "lake", key).value(), big('x', 20'000) + key);
  auto page = *backend().list("lake", {});
  std::ranges::sort(keys);
  ASSERT_EQ(page.objects.size(), keys.size());
  for (size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(page.objects[i].key, keys[i]) << "lists are in byte order";
  for (auto& entry : std::filesystem::recursive_directory_iterator(scratch_.path() + "/data"))
    EXPECT_EQ(entry.path().filename().string().find_first_not_of("0123456789abcdef"), std::string::npos);
  for (auto key : {std::string(), std::string("a\0b", 3), std::string(1025, 'k'), std::string("\xff")})
    EXPECT_FALSE(put(backend(), "lake", key, "x").ok());
}

TEST_F(FilesystemBackendTest, ABucketNameIsNoPrefixOfAnother) {
  ASSERT_TRUE(backend().create_bucket("lake2", "111122223333", "").ok());
  ASSERT_TRUE(put(backend(), "lake2", "k", "x").ok());
  EXPECT_TRUE(backend().list("lake", {})->objects.empty());
  EXPECT_TRUE(backend().delete_bucket("lake").ok());
  EXPECT_EQ(*get(backend(), "lake2", "k"), "x");
}

TEST_F(FilesystemBackendTest, WritesObeyTheirConditions) {
  auto first = put(backend(), "lake", "k", "one", if_none_match("*"));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(put(backend(), "lake", "k", "two", if_none_match("*")).error().kind, Kind::precondition_failed);
  EXPECT_EQ(put(backend(), "lake", "k", "two", if_match("\"other\"")).error().kind, Kind::precondition_failed);
  EXPECT_EQ(put(backend(), "lake", "none", "two", if_match("\"other\"")).error().about, "key");
  EXPECT_EQ(*get(backend(), "lake", "k"), "one");
  EXPECT_TRUE(put(backend(), "lake", "k", "two", if_match(first->etag)).ok());
  EXPECT_EQ(backend().erase("lake", "k", if_match(first->etag)).error().kind, Kind::precondition_failed);
  EXPECT_EQ(*get(backend(), "lake", "k"), "two");
}

TEST_F(FilesystemBackendTest, OfRacingCreatorsExactlyOneWins) {
  for (int round = 0; round < 20; ++round) {
    auto key = "race" + std::to_string(round);
    std::atomic<int> winners = 0, losers = 0;
    std::vector<std::jthread> racers;
    for (int i = 0; i < 8; ++i)
      racers.emplace_back([&, i] {
        auto result =
            put(backend(), "lake", key, big(static_cast<char>('a' + i), i % 2 ? 100 : 20'000), if_none_match("*"));
        if (result.ok())
          ++winners;
        else if (result.error().kind == Kind::precondition_failed)
          ++losers;
      });
    racers.clear();
    EXPECT_EQ(winners, 1);
    EXPECT_EQ(losers, 7);
  }
}

TEST_F(FilesystemBackendTest, ACounterUnderIfMatchLosesNoIncrement) {
  ASSERT_TRUE(put(backend(), "lake", "counter", "0").ok());
  auto increment_once = [&] {
    while (true) {
      auto reader = std::move(backend().open("lake", "counter")).value();
      auto next = std::to_string(std::stoi(*read_all(*reader)) + 1);
      if (put(backend(), "lake", "counter", next, if_match(reader->info().etag)).ok()) return;
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back([&] {
        for (int n = 0; n < 25; ++n) increment_once();
      });
  }
  EXPECT_EQ(*get(backend(), "lake", "counter"), "100");
}

TEST_F(FilesystemBackendTest, ReadersNeverSeeATornObjectWhileWritersOverwrite) {
  ASSERT_TRUE(put(backend(), "lake", "k", big('a', 30'000)).ok());
  std::atomic<bool> stop = false;
  std::atomic<int> torn = 0, reads = 0;
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      do {
        auto bytes = get(backend(), "lake", "k");
        bool whole = bytes.ok() && !bytes->empty() && bytes->find_first_not_of((*bytes)[0]) == std::string::npos;
        if (!whole) ++torn;
        ++reads;
      } while (!stop);
    });
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(
        put(backend(), "lake", "k", big(static_cast<char>('a' + i % 26), i % 2 ? 30'000 + static_cast<size_t>(i) : 50))
            .ok());
  stop = true;
  readers.clear();
  EXPECT_EQ(torn, 0);
  EXPECT_GT(reads, 0);
}

TEST_F(FilesystemBackendTest, ErasesManyInOneStepWithAnAnswerEach) {
  for (auto key : {"a", "b", "c"}) ASSERT_TRUE(put(backend(), "lake", key, big('x')).ok());
  std::vector<std::string> keys = {"a", "missing", std::string("\0", 1), "c", "a"};
  auto answers = *backend().erase_many("lake", keys);
  ASSERT_EQ(answers.size(), 5u);
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(answers[i].ok(), i != 2) << i;
  EXPECT_EQ(backend().list("lake", {})->objects.size(), 1u);
  EXPECT_EQ(body_files(), 1u);
}

TEST_F(FilesystemBackendTest, CopiesAreIndependentOfTheirSource) {
  ASSERT_TRUE(backend().create_bucket("other", "111122223333", "").ok());
  for (auto& [key, bytes] : {std::pair{"inline", std::string("aaa")}, std::pair{"file", big('a')}}) {
    ASSERT_TRUE(put(backend(), "lake", key, bytes).ok());
    auto copied = backend().copy({.from_bucket = "lake", .from_key = key, .to_bucket = "other", .to_key = "to"});
    ASSERT_TRUE(copied.ok());
    ASSERT_TRUE(backend().erase("lake", key).ok());
    EXPECT_EQ(*get(backend(), "other", "to"), bytes);
  }
  restart();
  EXPECT_EQ(*get(backend(), "other", "to"), big('a'));
  EXPECT_EQ(body_files(), 1u);
}

TEST_F(FilesystemBackendTest, CopyReplacesMetadataAndObeysConditions) {
  ASSERT_TRUE(put(backend(), "lake", "k", "x").ok());
  objects::CopyRequest onto_itself{.from_bucket = "lake", .from_key = "k", .to_bucket = "lake", .to_key = "k"};
  EXPECT_EQ(backend().copy(onto_itself).error().about, "copy");
  onto_itself.metadata = objects::Metadata{.content_type = "text/plain"};
  ASSERT_TRUE(backend().copy(onto_itself).ok());
  EXPECT_EQ(backend().head("lake", "k")->metadata.content_type, "text/plain");
  EXPECT_EQ(*get(backend(), "lake", "k"), "x");
  onto_itself.source_conditions = if_none_match("*");
  EXPECT_EQ(backend().copy(onto_itself).error().kind, Kind::precondition_failed);
  onto_itself.source_conditions = {};
  onto_itself.conditions = if_none_match("*");
  EXPECT_EQ(backend().copy(onto_itself).error().kind, Kind::precondition_failed);
}

TEST_F(FilesystemBackendTest, GarbageOfEarlierRunsIsCollectedAtStartAndNothingElse) {
  ASSERT_TRUE(put(backend(), "lake", "k", big('x')).ok());
  auto data = scratch_.path() + "/data";
  std::filesystem::path body;
  for (auto& entry : std::filesystem::recursive_directory_iterator(data))
    if (entry.is_regular_file()) body = entry.path();
  auto orphan = body.filename().string();
  orphan.back() = orphan.back() == '0' ? '1' : '0';
  std::filesystem::copy_file(body, body.parent_path() / orphan);
  ASSERT_EQ(body_files(), 2u);
  restart();
  backend().finish_collecting();
  EXPECT_EQ(body_files(), 1u);
  EXPECT_EQ(*get(backend(), "lake", "k"), big('x'));
}

TEST_F(FilesystemBackendTest, ALostBodyFileIsAnErrorNotWrongBytes) {
  ASSERT_TRUE(put(backend(), "lake", "k", big('x')).ok());
  for (auto& entry : std::filesystem::recursive_directory_iterator(scratch_.path() + "/data"))
    if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 10);
  auto bytes = get(backend(), "lake", "k");
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().kind, Kind::internal);
}

}  // namespace weir::backends
