#include "query/engine_process.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "base/log.h"
#include "base/text.h"
#include "query/messages.h"
#include "workers/frame.h"
#include "workers/process.h"

namespace weir::query {
namespace {

constexpr char kProgram[] = "weir-sql";
// Of one query: more is no query, but a worker that was talked into something.
constexpr size_t kTablesMax = 1000, kFilesMax = 2'000'000;

base::Error unavailable(std::string log) {
  auto error = base::fail(base::Kind::unavailable, "SQL cannot be run now.", "query");
  error.log = std::move(log);
  return error;
}

base::Error nonsense() { return base::internal("the SQL worker said what means nothing"); }

base::Error too_much(const char* of_what) {
  return base::fail(base::Kind::limit_exceeded, std::string("The query reads too many ") + of_what + ".", "query");
}

base::Error cancelled() { return base::fail(base::Kind::unavailable, "The query was cancelled.", "query"); }

// The worker ended before it had answered.
base::Error ended(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == kOutOfMemoryExit)
    return base::fail(base::Kind::limit_exceeded, "The query needs more memory than it may use.", "query");
  if (WIFEXITED(status)) return unavailable("the SQL worker left with " + std::to_string(WEXITSTATUS(status)));
  auto error = base::fail(base::Kind::limit_exceeded, "The query asks for more than the engine can do.", "query");
  error.log = "the SQL worker ended by signal " + std::to_string(WTERMSIG(status));
  return error;
}

// An operator wants to know of workers that fall or do not start, whoever is told what.
base::Error logged(base::Error error) {
  if (!error.log.empty()) base::log_error("sql.worker_failed", {{"reason", error.log}});
  return error;
}

std::vector<std::string> arguments_of(const EngineOptions& options) {
  return {std::to_string(::getpid()), std::to_string(options.threads), std::to_string(options.memory_bytes_max)};
}

// What a predicate over partition keys asks for; everything when it cannot be told, as the engine looks at each file.
catalog::PredicatePtr partitions_of(const GovernedTable& table, const std::string& text) {
  std::vector<catalog::SchemaColumn> keys;
  for (const auto& key : table.partition_keys) keys.push_back({key.name, key.type, true});
  auto parsed = catalog::parse_predicate(text, keys, catalog::Dialect::row_filter);
  return parsed.ok() ? *parsed : catalog::always();
}

// The lake by numbers. Nothing is what a question that means nothing is answered with.
class NumberedLake {
 public:
  using Answer = std::optional<base::Result<std::string>>;
  explicit NumberedLake(LakeAccess& lake) : lake_(lake) {}

  // A decision that a table or a refusal of the lake came with.
  bool knows_decision(const std::string& id) const { return decisions_.contains(id); }

  Answer resolve(std::string_view asked) {
    auto table = unpacked<TableRef>(asked);
    if (!table) return std::nullopt;
    return resolve_now(*table);
  }

  Answer files(std::string_view asked) {
    auto wanted = unpacked<FilesAsked>(asked);
    if (!wanted || wanted->table >= tables_.size()) return std::nullopt;
    return list_now(tables_[wanted->table], wanted->partitions);
  }

  Answer stat(std::string_view asked) {
    auto wanted = unpacked<FileAsked>(asked);
    if (!wanted || wanted->file >= files_.size()) return std::nullopt;
    return stat_now(files_[wanted->file]);
  }

  Answer read(std::string_view asked) {
    auto wanted = unpacked<ReadAsked>(asked);
    if (!wanted || wanted->file >= files_.size() || wanted->bytes > kReadBytesMax) return std::nullopt;
    return read_now(files_[wanted->file], *wanted);
  }

 private:
  base::Result<std::string> resolve_now(const TableRef& table) {
    if (tables_.size() == kTablesMax) return too_much("tables");
    WEIR_TRY(auto governed, noted(lake_.resolve(table)));
    decisions_.insert(governed.decision_id);
    tables_.push_back(std::move(governed));
    return packed_table({tables_.size() - 1, tables_.back()});
  }

  base::Result<std::string> list_now(const GovernedTable& table, const std::string& partitions) {
    WEIR_TRY(auto found, noted(lake_.files(table, partitions_of(table, partitions))));
    if (files_.size() + found.size() > kFilesMax) return too_much("files");
    std::vector<NumberedFile> out;
    for (auto& file : found) {
      out.push_back({files_.size(), file});
      files_.push_back(std::move(file));
    }
    return packed(out);
  }

  base::Result<std::string> stat_now(const DataFile& file) {
    WEIR_TRY(auto stat, noted(lake_.stat(file)));
    return packed(stat);
  }

  base::Result<std::string> read_now(const DataFile& file, const ReadAsked& wanted) {
    std::string out(wanted.bytes, '\0');
    WEIR_TRY(auto got, noted(lake_.read(file, wanted.offset, out.data(), out.size())));
    out.resize(got);
    return out;
  }

  template <class T>
  base::Result<T> noted(base::Result<T> made) {
    if (!made.ok()) decisions_.insert(made.error().decision_id);
    return made;
  }

  LakeAccess& lake_;
  std::vector<GovernedTable> tables_;
  std::vector<DataFile> files_;
  std::set<std::string> decisions_;
};

// One query's conversation. What comes out of order, is larger than it may be or is no text ends it.
class Conversation {
 public:
  Conversation(workers::Process& worker, LakeAccess& lake, AnswerTaker& taker, uint64_t row_bytes_max)
      : worker_(worker), lake_(lake), taker_(taker), rows_bytes_max_(std::max<uint64_t>(row_bytes_max, kRowsBytes)) {}

  void order(const Order& order) { workers::write_frame(worker_.socket(), packed(order)); }

  // Until the end. Nothing when the worker left in between, or `cancel` was requested.
  std::optional<base::Result<bool>> listen(const std::stop_token& cancel) {
    while (hear()) {
      if (cancel.stop_requested()) return std::nullopt;
      if (auto end = react()) return end;
    }
    return too_large_ ? Ended(nonsense()) : std::nullopt;
  }

 private:
  using Ended = std::optional<base::Result<bool>>;

  // The next message, as large as one of its kind may be.
  bool hear() {
    uint32_t size = 0;
    char says = 0;
    int from = worker_.socket();
    if (!workers::read_all(from, reinterpret_cast<char*>(&size), sizeof size)) return false;
    if (size > 0 && !workers::read_all(from, &says, 1)) return false;
    says_ = static_cast<Says>(says);
    too_large_ = size == 0 || size - 1 > (says_ == Says::rows ? rows_bytes_max_ : kSaidBytesMax);
    if (too_large_) return false;
    body_.resize(size - 1);
    return workers::read_all(from, body_.data(), body_.size());
  }

  Ended react() {
    switch (says_) {
      case Says::columns: return take_columns();
      case Says::rows: return take_rows();
      case Says::done: return end_well();
      case Says::failed: return end_badly();
      case Says::resolve: return answer(lake_.resolve(body_));
      case Says::files: return answer(lake_.files(body_));
      case Says::stat: return answer(lake_.stat(body_));
      case Says::read: return answer(lake_.read(body_));
    }
    return nonsense();
  }

  Ended take_columns() {
    auto columns = unpacked<std::vector<ResultColumn>>(body_);
    if (!columns || columns->empty() || columns_ > 0) return nonsense();
    for (const auto& column : *columns)
      if (!base::is_valid_utf8(column.name) || !base::is_valid_utf8(column.type)) return nonsense();
    columns_ = columns->size();
    taker_.columns(std::move(*columns));
    return std::nullopt;
  }

  Ended take_rows() {
    if (columns_ == 0) return nonsense();
    for (Unpacker with(body_); !with.at_end();) {
      Row row(columns_);
      for (auto& cell : row) with(cell);
      if (!with.whole()) return nonsense();
      for (const auto& cell : row)
        if (cell && !base::is_valid_utf8(*cell)) return nonsense();
      if (!taker_.row(std::move(row))) return false;
    }
    return std::nullopt;
  }

  Ended end_well() {
    auto done = unpacked<Done>(body_);
    if (!done || columns_ == 0) return nonsense();
    return done->whole;
  }

  // A decision is one that was told here, and no other.
  Ended end_badly() {
    auto error = unpacked<base::Error>(body_);
    if (!error || !base::is_valid_utf8(error->says)) return nonsense();
    if (!lake_.knows_decision(error->decision_id)) error->decision_id.clear();
    return std::move(*error);
  }

  Ended answer(const NumberedLake::Answer& made) {
    if (!made) return nonsense();
    std::string text(1, static_cast<char>(made->ok() ? Outcome::ok : Outcome::failed));
    text += made->ok() ? **made : packed(made->error());
    if (text.size() > kAnsweredBytesMax) return too_much("files");
    workers::write_frame(worker_.socket(), text);  // a worker that is gone is noticed by who reads
    return std::nullopt;
  }

  workers::Process& worker_;
  NumberedLake lake_;
  AnswerTaker& taker_;
  const uint64_t rows_bytes_max_;
  size_t columns_ = 0;  // once they were told
  // The message that was heard.
  Says says_{};
  std::string body_;
  bool too_large_ = false;
};

}  // namespace

base::Result<bool> run_in_process(const ProcessOptions& options, std::string_view sql, LakeAccess& lake,
                                  const RunOptions& run, AnswerTaker& taker) {
  auto program = options.program.empty() ? workers::program_beside(kProgram) : options.program;
  auto worker = workers::Process::start(program, arguments_of(options.engine));
  if (!worker.ok()) return logged(unavailable(worker.error().log));
  std::optional<base::Result<bool>> ended_with;
  {
    std::stop_callback kill(run.cancel, [&] { (*worker)->kill(); });
    Conversation talk(**worker, lake, taker, options.row_bytes_max);
    talk.order({std::string(sql), run.default_database, options.row_bytes_max});
    ended_with = talk.listen(run.cancel);
  }
  if (ended_with) return std::move(*ended_with);
  if (run.cancel.stop_requested()) return cancelled();
  return logged(ended((*worker)->end(true)));
}

}  // namespace weir::query
