#include "query/engine_process.h"

#include <sys/wait.h>

#include "query/messages.h"
#include "workers/frame.h"
#include "workers/process.h"

namespace weir::query {
namespace {

constexpr char kProgram[] = "weir-sql";
constexpr uint32_t kRowOverhead = 1 << 20;  // lengths of cells, beside what a row itself may take

base::Error unavailable(std::string log) {
  auto error = base::fail(base::Kind::unavailable, "SQL cannot be run now.", "query");
  error.log = std::move(log);
  return error;
}

base::Error nonsense() { return base::internal("the SQL worker said what means nothing"); }

base::Error cancelled() { return base::fail(base::Kind::unavailable, "The query was cancelled.", "query"); }

// The worker ended before it had answered.
base::Error ended(int status) {
  if (WIFEXITED(status)) return unavailable("the SQL worker left with " + std::to_string(WEXITSTATUS(status)));
  auto error = base::fail(base::Kind::limit_exceeded, "The query asks for more than the engine can do.", "query");
  error.log = "the SQL worker ended by signal " + std::to_string(WTERMSIG(status));
  return error;
}

std::vector<std::string> arguments_of(const EngineOptions& options) {
  return {std::to_string(options.threads), std::to_string(options.memory_bytes_max)};
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
    WEIR_TRY(auto governed, lake_.resolve(table));
    tables_.push_back(std::move(governed));
    return packed_table({tables_.size() - 1, tables_.back()});
  }

  base::Result<std::string> list_now(const GovernedTable& table, const std::string& partitions) {
    WEIR_TRY(auto found, lake_.files(table, partitions_of(table, partitions)));
    std::vector<NumberedFile> out;
    for (auto& file : found) {
      out.push_back({files_.size(), file});
      files_.push_back(std::move(file));
    }
    return packed(out);
  }

  base::Result<std::string> stat_now(const DataFile& file) {
    WEIR_TRY(auto stat, lake_.stat(file));
    return packed(stat);
  }

  base::Result<std::string> read_now(const DataFile& file, const ReadAsked& wanted) {
    std::string out(wanted.bytes, '\0');
    WEIR_TRY(auto got, lake_.read(file, wanted.offset, out.data(), out.size()));
    out.resize(got);
    return out;
  }

  LakeAccess& lake_;
  std::vector<GovernedTable> tables_;
  std::vector<DataFile> files_;
};

// One query's conversation.
class Conversation {
 public:
  Conversation(workers::Process& worker, LakeAccess& lake, AnswerTaker& taker, uint32_t message_bytes_max)
      : worker_(worker), lake_(lake), taker_(taker), message_bytes_max_(message_bytes_max) {}

  bool order(const Order& order) { return workers::write_frame(worker_.socket(), packed(order)); }

  // Until the end. Nothing when the worker left in between.
  std::optional<base::Result<bool>> listen() {
    std::string message;
    while (workers::read_frame(worker_.socket(), message, message_bytes_max_)) {
      if (message.empty()) return nonsense();
      auto what = static_cast<Says>(message[0]);
      auto body = std::string_view(message).substr(1);
      auto ended = what == Says::columns || what == Says::rows  ? take(what, body)
                   : what == Says::done || what == Says::failed ? end(what, body)
                                                                : answer(what, body);
      if (ended) return ended;
    }
    return std::nullopt;
  }

 private:
  using Ended = std::optional<base::Result<bool>>;

  Ended take(Says what, std::string_view body) {
    if (what == Says::columns) {
      auto columns = unpacked<std::vector<ResultColumn>>(body);
      if (!columns) return nonsense();
      taker_.columns(std::move(*columns));
      return std::nullopt;
    }
    auto rows = unpacked<std::vector<Row>>(body);
    if (!rows) return nonsense();
    for (auto& row : *rows)
      if (!taker_.row(std::move(row))) return false;
    return std::nullopt;
  }

  static Ended end(Says what, std::string_view body) {
    if (what == Says::done) {
      auto done = unpacked<Done>(body);
      return done ? base::Result<bool>(done->whole) : nonsense();
    }
    auto error = unpacked<base::Error>(body);
    return error ? std::move(*error) : nonsense();
  }

  Ended answer(Says what, std::string_view body) {
    auto made = asked(what, body);
    if (!made) return nonsense();
    std::string text(1, static_cast<char>(made->ok() ? Outcome::ok : Outcome::failed));
    text += made->ok() ? **made : packed(made->error());
    if (text.size() > kAnsweredBytesMax)
      return base::fail(base::Kind::limit_exceeded, "The query reads a table of too many files.", "query");
    workers::write_frame(worker_.socket(), text);  // a worker that is gone is noticed by who reads
    return std::nullopt;
  }

  NumberedLake::Answer asked(Says what, std::string_view body) {
    switch (what) {
      case Says::resolve: return lake_.resolve(body);
      case Says::files: return lake_.files(body);
      case Says::stat: return lake_.stat(body);
      case Says::read: return lake_.read(body);
      default: return std::nullopt;
    }
  }

  workers::Process& worker_;
  NumberedLake lake_;
  AnswerTaker& taker_;
  const uint32_t message_bytes_max_;
};

}  // namespace

base::Result<bool> run_in_process(const ProcessOptions& options, std::string_view sql, LakeAccess& lake,
                                  const RunOptions& run, AnswerTaker& taker) {
  auto program = options.program.empty() ? workers::program_beside(kProgram) : options.program;
  auto worker = workers::Process::start(program, arguments_of(options.engine));
  if (!worker.ok()) return unavailable(worker.error().log);
  std::optional<base::Result<bool>> ended_with;
  {
    std::stop_callback hang_up(run.cancel, [&] { (*worker)->hang_up(); });
    Conversation talk(**worker, lake, taker, static_cast<uint32_t>(options.row_bytes_max) + kRowOverhead);
    if (talk.order({std::string(sql), run.default_database, options.row_bytes_max})) ended_with = talk.listen();
  }
  if (ended_with) return std::move(*ended_with);
  if (run.cancel.stop_requested()) return cancelled();
  return ended((*worker)->end(true));
}

}  // namespace weir::query
