#include "query/instance.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "base/clock.h"
#include "base/text.h"
#include "duckdb/common/allocator.hpp"
#include "duckdb/common/virtual_file_system.hpp"
#include "duckdb/function/replacement_scan.hpp"
#include "duckdb/main/config.hpp"
#include "duckdb/parser/expression/constant_expression.hpp"
#include "duckdb/parser/expression/function_expression.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "query/bounded_functions.h"
#include "query/governed_scan.h"
#include "query/lockdown.h"
#include "query/rows_state.h"

namespace weir::query {
namespace {

struct ScanName : duckdb::ReplacementScanData {
  explicit ScanName(std::string of) : name(std::move(of)) {}
  std::string name;
};

// The catalog's own name may stand before the database, as AWS's engines allow.
bool is_our_catalog(const std::string& name) {
  return name.empty() || base::equal_ignoring_case(name, "awsdatacatalog");
}

// Every table name that is not a WITH item ends here.
duckdb::unique_ptr<duckdb::TableRef> resolve(duckdb::ClientContext& context, duckdb::ReplacementScanInput& input,
                                             duckdb::optional_ptr<duckdb::ReplacementScanData> data) {
  auto& run = run_of(context);
  if (!is_our_catalog(input.catalog_name))
    abort_run(run, base::not_found("Catalog " + input.catalog_name + " does not exist.", "catalog"));
  auto table = or_abort(run, run.table(input.schema_name, input.table_name));
  duckdb::vector<duckdb::unique_ptr<duckdb::ParsedExpression>> arguments;
  arguments.push_back(duckdb::make_uniq<duckdb::ConstantExpression>(duckdb::Value(table->token)));
  auto scan = duckdb::make_uniq<duckdb::TableFunctionRef>();
  scan->function = duckdb::make_uniq<duckdb::FunctionExpression>(data->Cast<ScanName>().name, std::move(arguments));
  scan->alias = input.table_name;
  return scan;
}

void configure(duckdb::DBConfig& config, const EngineOptions& options, const std::string& scan_name) {
  if (options.threads > 0) config.SetOptionByName("threads", duckdb::Value::BIGINT(options.threads));
  config.SetOptionByName("autoload_known_extensions", duckdb::Value::BOOLEAN(false));
  config.SetOptionByName("autoinstall_known_extensions", duckdb::Value::BOOLEAN(false));
  config.replacement_scans.clear();
  config.replacement_scans.emplace_back(resolve, duckdb::make_uniq<ScanName>(scan_name));
}

// The file stays open: a process in its sandbox opens none.
uint64_t resident_bytes() {
  static const int kFile = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  char text[128] = {};
  auto n = ::pread(kFile, text, sizeof text - 1, 0);
  auto fields = base::split(std::string_view(text, n > 0 ? static_cast<size_t>(n) : 0), ' ');
  if (fields.size() < 2) return 0;
  auto pages = base::parse_int(fields[1]);
  return pages.ok() ? static_cast<uint64_t>(*pages) * static_cast<uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

// What an earlier query freed may still lie with the allocators: it must not count against the next one.
void give_back_freed() {
  duckdb::Allocator::FlushAll();
  ::malloc_trim(0);
}

}  // namespace

Instance::Instance(const EngineOptions& options)
    : may_end_process_(options.may_end_process), scan_name_(base::hex(base::SystemRandomness().bytes(16))) {
  duckdb::DBConfig config;
  configure(config, options, scan_name_);
  db_ = std::make_unique<duckdb::DuckDB>(nullptr, &config);
  db_->GetFileSystem().RegisterSubSystem(duckdb::make_uniq<LakeFileSystem>(runs_));
  add_plan_check(duckdb::DBConfig::GetConfig(*db_->instance));
  duckdb::Connection connection(*db_);
  auto readers = std::make_shared<const ReaderFunctions>(take_readers(connection));
  bound_functions(connection);
  strip_catalog(connection, governed_scan(scan_name_, std::move(readers)));
  lock_settings(connection, options.memory_bytes_max);
  resident_bytes_max_ = resident_bytes() + options.memory_bytes_max + options.memory_bytes_max / 4;
  watcher_ = std::jthread([this](std::stop_token stop) { watch_memory(stop); });
}

Instance::~Instance() = default;

duckdb::unique_ptr<duckdb::Connection> Instance::connect(const std::shared_ptr<QueryRun>& run) {
  auto connection = duckdb::make_uniq<duckdb::Connection>(*db_);
  connection->context->registered_state->Insert(RunOfConnection::kKey, duckdb::make_shared_ptr<RunOfConnection>(run));
  runs_->add(run);
  return connection;
}

void Instance::started(RowsState& rows) {
  std::lock_guard lock(mutex_);
  running_.insert(&rows);
  changed_.notify_all();
}

void Instance::ended(RowsState& rows) {
  std::lock_guard lock(mutex_);
  running_.erase(&rows);
  runs_->remove(*rows.run);
}

// DuckDB's own limit does not count the bytes of strings; the process's size does.
void Instance::watch_memory(std::stop_token stop) {
  constexpr auto kPeriod = std::chrono::milliseconds(20);
  constexpr int kPatience = 25;  // periods
  std::unique_lock lock(mutex_);
  for (int over = 0; !stop.stop_requested();) {
    changed_.wait(lock, stop, [&] { return !running_.empty(); });
    if (resident_bytes() > resident_bytes_max_) give_back_freed();
    bool too_much = resident_bytes() > resident_bytes_max_;
    over = too_much ? over + 1 : 0;
    if (too_much) stop_all_for_memory();
    if (over > kPatience && may_end_process_) ::_exit(kOutOfMemoryExit);
    changed_.wait_for(lock, stop, kPeriod, [] { return false; });
  }
}

void Instance::stop_all_for_memory() {
  for (auto* rows : running_) {
    rows->out_of_memory = true;
    rows->connection->Interrupt();
  }
}

}  // namespace weir::query
