#include "cli/import_command.h"

#include <cstdio>
#include <memory>

#include "cli/lake_import.h"

namespace weir::cli {
namespace {

using base::Json;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Json texts(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const auto& text : list) out.push(text);
  return out;
}

Json summary_of(const ImportReport& report, bool dry_run, const base::Status& status) {
  Json sections = Json::object();
  for (const auto& [name, tally] : report.sections) {
    Json one;
    sections.set(name, one.set("Made", tally.made).set("Changed", tally.changed).set("Unchanged", tally.unchanged));
  }
  Json out;
  out.set("DryRun", dry_run).set("Sections", sections).set("Changed", texts(report.changed));
  if (dry_run) out.set("Made", texts(report.made));
  out.set("LeftOut", to_json(report.left_out)).set("TakenBack", report.taken_back);
  if (!status.ok()) out.set("Error", status.error().says.empty() ? status.error().log : status.error().says);
  return out;
}

void print(const ImportReport& report, bool dry_run) {
  for (const auto& name : report.made) std::printf("would make: %s\n", name.c_str());
  for (const auto& name : report.changed) std::printf("%s: %s\n", dry_run ? "would change" : "changed", name.c_str());
  for (const auto& item : report.left_out) std::printf("left out: %s: %s\n", item.what.c_str(), item.why.c_str());
  Tally all;
  for (const auto& [name, tally] : report.sections) {
    all.made += tally.made;
    all.changed += tally.changed;
    all.unchanged += tally.unchanged;
  }
  std::printf("%lld %s, %lld %s, %lld unchanged, %zu left out\n", static_cast<long long>(all.made),
              dry_run ? "to make" : "made", static_cast<long long>(all.changed), dry_run ? "to change" : "changed",
              static_cast<long long>(all.unchanged), report.left_out.size());
}

base::Result<File> open_document(const std::string& name) {
  if (name == "-") return File(stdin, [](std::FILE*) { return 0; });
  File file(std::fopen(name.c_str(), "rb"), &std::fclose);
  if (!file) return base::not_found("cannot read " + name, "document");
  return file;
}

// The source as a document in a file that nobody else sees.
base::Result<File> fetch_document(const LakeEnd& source, const ImportFlags& flags, std::vector<LeftOut>& left_out) {
  File file(std::tmpfile(), &std::fclose);
  if (!file) return base::invalid("cannot make a temporary file", "output");
  WEIR_TRY(left_out, write_document(source, {flags.with_iam, !flags.without_partition_statistics}, file.get()));
  std::rewind(file.get());
  return file;
}

base::Status check_ends(const LakeEnd& source, const LakeEnd& target) {
  bool same = source.api.client().profile().endpoint_for("glue") == target.api.client().profile().endpoint_for("glue");
  if (!same || source.account != target.account) return {};
  return base::invalid(
      "the source and the target are the same: say where to import to with --to-profile or "
      "--to-endpoint-url",
      "endpoint");
}

base::Status load(const LakeDocument& document, const LakeEnd& target, const ImportFlags& flags,
                  std::vector<LeftOut> left_out) {
  WEIR_TRY(auto accounts, AccountMap::parse(flags.map_account));
  LakeImport import(document, target,
                    {accounts, flags.dry_run, flags.skip_unknown_principals, !flags.without_partition_statistics});
  auto status = import.prepare();
  if (status.ok()) status = import.apply();
  auto report = import.report();
  report.left_out.insert(report.left_out.begin(), left_out.begin(), left_out.end());
  if (flags.json)
    std::puts(summary_of(report, flags.dry_run, status).dump_pretty().c_str());
  else if (!report.sections.empty())
    print(report, flags.dry_run);
  return status;
}

}  // namespace

base::Status run_import(const ImportFlags& flags) {
  if (flags.from_aws != flags.file.empty()) return base::invalid("give either a FILE or --from-aws", "document");
  std::vector<LeftOut> left_out;
  if (!flags.from_aws) {
    WEIR_TRY(auto target, open_lake(flags.profile));
    WEIR_TRY(auto file, open_document(flags.file));
    WEIR_TRY(auto document, LakeDocument::read(file.get()));
    return load(document, target, flags, left_out);
  }
  WEIR_TRY(auto source, open_lake(flags.profile));
  WEIR_TRY(auto target, open_lake(flags.to));
  WEIR_CHECK_OK(check_ends(source, target));
  WEIR_TRY(auto file, fetch_document(source, flags, left_out));
  WEIR_TRY(auto document, LakeDocument::read(file.get()));
  return load(document, target, flags, std::move(left_out));
}

}  // namespace weir::cli
