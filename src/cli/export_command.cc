#include "cli/export_command.h"

#include <unistd.h>

#include <map>

#include "cli/account_client.h"
#include "cli/section_progress.h"

namespace weir::cli {
namespace {

using base::Json;

// Passes items on, counting them and showing where it is.
class Counted final : public LakeSink {
 public:
  explicit Counted(LakeSink& to) : to_(to) {}
  base::Status begin(const Section& section) override {
    progress_.begin(section.name);
    counts_[section.name] = 0;
    return to_.begin(section);
  }
  base::Status add(const Section& section, const Json& item) override {
    progress_.step();
    ++counts_[section.name];
    return to_.add(section, item);
  }
  const std::map<std::string_view, int64_t>& counts() const { return counts_; }

 private:
  LakeSink& to_;
  SectionProgress progress_;
  std::map<std::string_view, int64_t> counts_;
};

struct Written {
  std::vector<LeftOut> left_out;
  std::map<std::string_view, int64_t> counts;
};

base::Result<Written> write_counted(const LakeEnd& lake, LakeReaderOptions options, std::FILE* file) {
  DocumentWriter writer(file);
  WEIR_CHECK_OK(writer.open(lake.account, lake.region));
  Counted counted(writer);
  LakeReader reader(lake.api, lake.account, lake.region, options);
  WEIR_CHECK_OK(reader.read(counted));
  WEIR_CHECK_OK(writer.close());
  return Written{reader.left_out(), counted.counts()};
}

Json summary_of(const Written& written) {
  Json counts = Json::object();
  for (const auto& [name, count] : written.counts) counts.set(std::string(name), count);
  Json summary;
  return summary.set("Exported", counts).set("LeftOut", to_json(written.left_out));
}

void report(const Written& written, bool json) {
  if (json) {
    std::fputs((summary_of(written).dump_pretty() + "\n").c_str(), stderr);
    return;
  }
  for (const auto& item : written.left_out)
    std::fprintf(stderr, "weir: left out: %s: %s\n", item.what.c_str(), item.why.c_str());
}

// A file that takes its name when it is whole.
class PendingFile {
 public:
  explicit PendingFile(const std::string& name) : name_(name), pending_(name + ".partial") {
    file_ = std::fopen(pending_.c_str(), "wb");
  }
  ~PendingFile() {
    if (!file_) return;
    std::fclose(file_);
    std::remove(pending_.c_str());
  }
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;
  std::FILE* file() { return file_; }
  base::Status keep() {
    bool there = ::fsync(fileno(file_)) == 0 && std::fclose(std::exchange(file_, nullptr)) == 0 &&
                 std::rename(pending_.c_str(), name_.c_str()) == 0;
    return there ? base::Status() : base::invalid("cannot write " + name_, "output");
  }

 private:
  std::string name_;
  std::string pending_;
  std::FILE* file_ = nullptr;
};

}  // namespace

base::Result<LakeEnd> open_lake(const ProfileFlags& flags) {
  WEIR_TRY(auto client, client_of(flags));
  WEIR_TRY(auto account, account_of(client));
  auto region = client.profile().region;
  return LakeEnd{JsonApi(std::move(client)), std::move(account), std::move(region)};
}

base::Result<std::vector<LeftOut>> write_document(const LakeEnd& lake, LakeReaderOptions options, std::FILE* file) {
  WEIR_TRY(auto written, write_counted(lake, options, file));
  return written.left_out;
}

base::Status run_export(const ExportFlags& flags) {
  WEIR_TRY(auto lake, open_lake(flags.profile));
  LakeReaderOptions options{flags.with_iam, !flags.without_partition_statistics};
  if (flags.output.empty()) {
    WEIR_TRY(auto written, write_counted(lake, options, stdout));
    report(written, flags.json);
    return {};
  }
  PendingFile pending(flags.output);
  if (!pending.file()) return base::invalid("cannot write " + flags.output, "output");
  WEIR_TRY(auto written, write_counted(lake, options, pending.file()));
  WEIR_CHECK_OK(pending.keep());
  report(written, flags.json);
  return {};
}

}  // namespace weir::cli
