// A lake in memory for tests of use cases: a store and the State that follows it; no objects, and a journal that only
// counts. Tests only.
#pragma once
#include <map>
#include <memory>
#include <stdexcept>

#include "app/call.h"
#include "identity/key_ring.h"
#include "store/memory_store.h"

namespace weir::app::test {

class NoObjects final : public objects::ObjectBackend {
 public:
  base::Result<objects::Bucket> create_bucket(std::string_view, std::string_view, std::string_view) override {
    return none();
  }
  base::Result<objects::Bucket> head_bucket(std::string_view) override { return none(); }
  base::Status delete_bucket(std::string_view) override { return none(); }
  base::Result<objects::BucketPage> list_buckets(const objects::BucketQuery&) override { return none(); }
  base::Result<std::unique_ptr<objects::ObjectWriter>> begin_put(std::string_view, std::string_view) override {
    return none();
  }
  base::Result<std::unique_ptr<objects::ObjectReader>> open(std::string_view, std::string_view) override {
    return none();
  }
  base::Result<objects::ObjectInfo> head(std::string_view, std::string_view) override { return none(); }
  base::Status erase(std::string_view, std::string_view, const objects::Conditions&) override { return none(); }
  base::Result<std::vector<base::Status>> erase_many(std::string_view, std::span<const std::string>) override {
    return none();
  }
  base::Result<objects::ObjectInfo> copy(const objects::CopyRequest&) override { return none(); }
  base::Result<objects::ListPage> list(std::string_view, const objects::ListQuery&) override { return none(); }
  base::Result<objects::Upload> create_upload(std::string_view, std::string_view,
                                              const objects::UploadRequest&) override {
    return none();
  }
  base::Result<std::unique_ptr<objects::PartWriter>> begin_part(const objects::UploadName&, int) override {
    return none();
  }
  base::Result<objects::ObjectInfo> complete_upload(const objects::UploadName&,
                                                    const objects::CompleteRequest&) override {
    return none();
  }
  base::Status abort_upload(const objects::UploadName&) override { return none(); }
  base::Result<objects::PartPage> list_parts(const objects::UploadName&, int, size_t) override { return none(); }
  base::Result<objects::UploadPage> list_uploads(std::string_view, const objects::UploadQuery&) override {
    return none();
  }

 private:
  static base::Error none() { return base::not_found("This test has no objects.", "bucket"); }
};

class CountingJournal final : public audit::Journal {
 public:
  base::Status record(audit::Event) override { return ++recorded, base::Status(); }
  base::Status flush() override { return {}; }
  base::Result<audit::Found> lookup(const audit::Lookup&) override { return audit::Found{}; }
  base::Result<std::optional<base::Json>> find(std::string_view, std::string_view) override {
    return std::optional<base::Json>();
  }
  size_t recorded = 0;
};

// Whatever the caller of these calls is, it is the root of its account.
class TestLake {
 public:
  TestLake() { must(governance.start(store)); }

  Call call(const std::string& account) {
    auto caller = std::make_shared<identity::Principal>();
    caller->caller.kind = policy::PrincipalKind::root;
    caller->caller.account = account;
    caller->caller.arn = "arn:aws:iam::" + account + ":root";
    Facts facts;
    facts.now = clock.now();
    return Call(lake, governance.current().value(), std::move(caller), std::move(facts));
  }
  void write(const std::function<base::Status(store::Transaction&)>& body) { must(store::write(store, body)); }

  static void must(const base::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.error().says + " " + status.error().log);
  }

  store::MemoryStore store;
  NoObjects objects;
  CountingJournal journal;
  Governance governance;
  catalog::TableCache tables{store};
  base::ManualClock clock{base::from_epoch_seconds(1795341600)};
  base::SeededRandomness randomness{5};
  identity::KeyRing keys = identity::KeyRing::fresh(clock.now(), randomness);
  Lake lake{store, objects, journal, governance, tables, keys, clock, randomness, "us-east-1"};
};

}  // namespace weir::app::test
