#include "backends/journal/file_journal.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace weir::backends {
namespace {

using audit::Event;
using audit::Lookup;

const std::string kAccount = "111122223333";

class JournalTest : public ::testing::Test {
 protected:
  JournalTest() {
    std::filesystem::path shm = "/dev/shm";
    auto parent = std::filesystem::exists(shm) ? shm : std::filesystem::temp_directory_path();
    auto pattern = (parent / "weir-journal-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
    restart();
  }
  ~JournalTest() override {
    journal_.reset();
    std::filesystem::remove_all(directory_);
  }

  base::Status open(JournalOptions options = {}) {
    journal_.reset();
    auto opened = FileJournal::open(directory_, clock_, randomness_, std::move(options));
    if (!opened.ok()) return std::move(opened).error();
    journal_ = std::move(*opened);
    return {};
  }
  void restart(JournalOptions options = {}) { ASSERT_TRUE(open(std::move(options)).ok()); }

  Event event(int n, std::string account = kAccount) const {
    Event event;
    event.event_id = "e-" + std::to_string(n);
    event.time = clock_.now();
    event.source = "glue.amazonaws.com";
    event.name = n % 2 ? "GetTable" : "DeleteTable";
    event.read_only = n % 2;
    event.recipient_account = std::move(account);
    return event;
  }
  void record(int first, int count) {
    for (int n = first; n < first + count; ++n) ASSERT_TRUE(journal_->record(event(n)).ok());
  }
  std::string path(const std::string& day = "2026-11-22") const { return directory_ + "/" + day + ".jsonl"; }
  std::string bytes(const std::string& file) const {
    std::ostringstream out;
    out << std::ifstream(file).rdbuf();
    return out.str();
  }
  void overwrite(const std::string& file, const std::string& with) const {
    std::ofstream(file, std::ios::trunc) << with;
  }
  std::vector<std::string> ids(Lookup lookup) {
    std::vector<std::string> out;
    lookup.account = kAccount;
    do {
      auto page = journal_->lookup(lookup).value();
      EXPECT_LE(page.events.size(), lookup.limit);
      for (auto& one : page.events) out.push_back(one.text("eventID"));
      lookup.next_token = page.next_token;
    } while (!lookup.next_token.empty());
    return out;
  }

  std::string directory_;
  base::ManualClock clock_{*base::parse_iso8601("2026-11-22T10:00:00Z")};
  base::SeededRandomness randomness_{1};
  std::unique_ptr<FileJournal> journal_;
};

}  // namespace

TEST_F(JournalTest, FindsNewestFirstAcrossPagesDaysAndRestarts) {
  record(0, 60);
  ASSERT_TRUE(journal_->flush().ok());
  clock_.advance(std::chrono::days(1));
  record(60, 60);
  restart();
  for (size_t limit : {1, 7, 50}) {
    Lookup lookup;
    lookup.limit = limit;
    auto found = ids(lookup);
    ASSERT_EQ(found.size(), 120u);
    for (int n = 0; n < 120; ++n) EXPECT_EQ(found[static_cast<size_t>(n)], "e-" + std::to_string(119 - n));
  }
  EXPECT_TRUE(std::filesystem::exists(path("2026-11-23")));
  EXPECT_TRUE(journal_->verify().ok());
}

TEST_F(JournalTest, ALookupSeesWhatWasJustRecordedAndOnlyItsAccount) {
  record(1, 1);
  ASSERT_TRUE(journal_->record(event(2, "444455556666")).ok());
  EXPECT_EQ(ids({}), std::vector<std::string>{"e-1"});
}

TEST_F(JournalTest, NeverAnswersMoreThanFifty) {
  record(0, 60);
  Lookup lookup;
  lookup.account = kAccount;
  lookup.limit = 1000;
  EXPECT_EQ(journal_->lookup(lookup)->events.size(), 50u);
}

TEST_F(JournalTest, FiltersAndTimesNarrowAndTheLastPageHasNoToken) {
  record(0, 10);
  ASSERT_TRUE(journal_->flush().ok());
  clock_.advance(base::Seconds(60));
  record(10, 10);
  Lookup lookup;
  lookup.event_name = "GetTable";
  lookup.limit = 5;
  EXPECT_EQ(ids(lookup).size(), 10u);
  lookup.from = clock_.now();
  EXPECT_EQ(ids(lookup), (std::vector<std::string>{"e-19", "e-17", "e-15", "e-13", "e-11"}));
  lookup.account = kAccount;
  EXPECT_EQ(journal_->lookup(lookup)->next_token, "") << "exactly one page";
}

TEST_F(JournalTest, ATokenIsGoodForItsOwnQuestionOnly) {
  record(0, 10);
  Lookup lookup;
  lookup.account = kAccount;
  lookup.limit = 3;
  auto token = journal_->lookup(lookup)->next_token;
  ASSERT_NE(token, "");
  lookup.next_token = token;
  EXPECT_TRUE(journal_->lookup(lookup).ok());
  lookup.account = "444455556666";
  EXPECT_EQ(journal_->lookup(lookup).error().about, "token");
  for (auto forged : {"x", "AAAA", "MjAyNi0xMS0yMjotMTow"}) {
    lookup.next_token = forged;
    EXPECT_EQ(journal_->lookup(lookup).error().about, "token");
  }
}

TEST_F(JournalTest, ADecisionIsFoundByItsIdInItsAccount) {
  record(0, 100);
  EXPECT_EQ((*journal_->find(kAccount, "e-7"))->text("eventID"), "e-7");
  EXPECT_FALSE(*journal_->find("444455556666", "e-7"));
  EXPECT_FALSE(*journal_->find(kAccount, "e-"));
  EXPECT_FALSE(*journal_->find(kAccount, ""));
}

TEST_F(JournalTest, GivesAnIdToAnEventWithout) {
  auto anonymous = event(1);
  anonymous.event_id.clear();
  ASSERT_TRUE(journal_->record(anonymous).ok());
  EXPECT_EQ(ids({}).at(0).size(), 36u);
}

TEST_F(JournalTest, RefusesRatherThanGrowWithoutBound) {
  restart({.events_max = 10, .gather = std::chrono::hours(1)});
  int taken = 0;
  while (taken < 1'000'000 && journal_->record(event(taken)).ok()) ++taken;
  EXPECT_GE(taken, 10);
  EXPECT_LT(taken, 1'000'000);
  EXPECT_EQ(ids({}).size(), static_cast<size_t>(taken)) << "what was accepted is there, what was not is not";
}

TEST_F(JournalTest, ADiskThatFailsMakesItRefuseAndItRecovers) {
  restart({.retry = std::chrono::milliseconds(1)});
  record(0, 1);
  ASSERT_TRUE(journal_->flush().ok());
  auto away = directory_ + "-away";
  std::filesystem::rename(directory_, away);
  clock_.advance(std::chrono::days(1));  // the next append has to make a file
  record(1, 1);
  EXPECT_EQ(journal_->flush().error().kind, base::Kind::unavailable);
  EXPECT_EQ(journal_->record(event(2)).error().kind, base::Kind::unavailable);
  std::filesystem::rename(away, directory_);
  while (!journal_->flush().ok()) std::this_thread::yield();
  EXPECT_EQ(ids({}), (std::vector<std::string>{"e-1", "e-0"}));
  EXPECT_TRUE(journal_->verify().ok());
}

TEST_F(JournalTest, AnyChangedByteIsFound) {
  record(0, 5);
  auto head = journal_->verify();
  ASSERT_TRUE(head.ok());
  auto good = bytes(path());
  for (size_t at = 0; at < good.size(); at += 13) {
    auto bad = good;
    bad[at] = bad[at] == 'x' ? 'y' : 'x';
    overwrite(path(), bad);
    EXPECT_FALSE(journal_->verify().ok()) << "byte " << at;
  }
  overwrite(path(), good);
  EXPECT_EQ(*journal_->verify(), *head);
}

TEST_F(JournalTest, TakenAwaySwappedAndRepeatedLinesAreFound) {
  record(0, 3);
  ASSERT_TRUE(journal_->flush().ok());
  std::vector<std::string> lines;
  std::istringstream in(bytes(path()));
  for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
  ASSERT_EQ(lines.size(), 4u);
  for (auto order : {std::vector<size_t>{0, 1, 3}, {0, 2, 1, 3}, {0, 1, 1, 2, 3}, {1, 2, 3}, {0, 1, 2}}) {
    std::string bad;
    for (auto n : order) bad += lines[n];
    overwrite(path(), bad);
    EXPECT_EQ(journal_->verify().error().kind, base::Kind::conflict);
  }
}

TEST_F(JournalTest, AMissingDayIsFoundButOldDaysMayBeRetired) {
  for (int day = 0; day < 3; ++day) {
    record(day, 1);
    ASSERT_TRUE(journal_->flush().ok());
    clock_.advance(std::chrono::days(1));
  }
  std::filesystem::remove(path("2026-11-22"));
  EXPECT_TRUE(journal_->verify().ok());
  auto middle = bytes(path("2026-11-23"));
  record(9, 1);
  ASSERT_TRUE(journal_->flush().ok());
  std::filesystem::copy_file(path("2026-11-23"), path("2026-11-22"));
  std::filesystem::remove(path("2026-11-23"));
  EXPECT_FALSE(journal_->verify().ok());
}

TEST_F(JournalTest, ACutOffEndIsFoundWithAHeadKeptElsewhere) {
  record(0, 5);
  auto known = *journal_->verify();
  journal_.reset();
  auto good = bytes(path());
  overwrite(path(), good.substr(0, good.rfind('\n', good.size() - 2) + 1));
  restart();
  EXPECT_TRUE(journal_->verify().ok()) << "by itself the shorter chain is whole";
  EXPECT_EQ(journal_->verify(known).error().kind, base::Kind::conflict);
}

TEST_F(JournalTest, WithAKeyNobodyElseMakesAChain) {
  std::filesystem::remove_all(directory_);
  restart({.chain_key = base::Secret("key")});
  record(0, 3);
  EXPECT_TRUE(journal_->verify().ok());
  restart({.chain_key = base::Secret("other")});
  EXPECT_FALSE(journal_->verify().ok());
}

TEST_F(JournalTest, ATornLastLineIsCutAtStart) {
  record(0, 3);
  journal_.reset();
  auto good = bytes(path());
  for (size_t keep = 1; keep < good.size(); keep += 17) {
    overwrite(path(), good.substr(0, keep));
    restart();
    record(7, 1);
    EXPECT_TRUE(journal_->verify().ok()) << keep;
    EXPECT_EQ(ids({}).at(0), "e-7");
  }
}

TEST_F(JournalTest, AWholeLastLineThatIsNotOursStopsTheStart) {
  record(0, 1);
  journal_.reset();
  std::ofstream(path(), std::ios::app) << "{\"forged\":true}\n";
  EXPECT_FALSE(open().ok());
}

TEST_F(JournalTest, AClockThatGoesBackKeepsTheOrder) {
  record(0, 1);
  ASSERT_TRUE(journal_->flush().ok());
  clock_.advance(-std::chrono::days(2));
  record(1, 1);
  EXPECT_EQ(ids({}), (std::vector<std::string>{"e-1", "e-0"}));
  EXPECT_TRUE(journal_->verify().ok());
}

TEST_F(JournalTest, ManyThreadsLoseNothing) {
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int n = 0; n < 500; ++n) ASSERT_TRUE(journal_->record(event(t * 1000 + n)).ok());
      });
  }
  auto found = ids({});
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), 2000u);
  EXPECT_TRUE(journal_->verify().ok());
}

TEST_F(JournalTest, WhatWasFlushedSurvivesKillNine) {
  journal_.reset();
  int next = 0;
  for (int round = 0; round < 30; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    pid_t pid = ::fork();
    if (pid == 0) {
      if (!open().ok()) ::_exit(1);
      for (int n = next;; ++n)
        if (!journal_->record(event(n)).ok() || !journal_->flush().ok() || ::write(ends[1], &n, sizeof n) != sizeof n)
          ::_exit(1);
    }
    ::close(ends[1]);
    int flushed = -1;
    for (int reads = 0, n; ::read(ends[0], &n, sizeof n) == sizeof n; ++reads) {
      flushed = n;
      if (reads == round % 7) ::kill(pid, SIGKILL);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(pid, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
    restart();
    ASSERT_TRUE(journal_->verify().ok());
    auto newest = std::stoi(ids({}).at(0).substr(2));
    EXPECT_GE(newest, flushed);
    next = newest + 1;
    EXPECT_EQ(ids({}).size(), static_cast<size_t>(next)) << "no hole before it";
    journal_.reset();
  }
}

}  // namespace weir::backends
