// weir-sql: runs one governed query for the process that started it, over the socket that is its standard input.
//
// Not to be run by hand. Arguments: the process that started it, threads of the engine, bytes of memory it may use.
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "base/utf8.h"
#include "query/worker/remote_lake.h"
#include "workers/frame.h"
#include "workers/sandbox.h"

namespace {

using namespace weir;
using namespace weir::query;

constexpr int kSocket = STDIN_FILENO;
constexpr uint32_t kOrderBytesMax = 4u << 20;
// What the kernel gives at most, reserved memory included: a backstop far away. What is used is watched by the engine, which
// ends the process (EngineOptions::may_end_process).
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kBesideBytesMax = 1ULL << 62;  // the sanitizers keep a shadow of all memory
#else
constexpr uint64_t kBesideBytesMax = 4ULL << 30;
#endif

bool begin_sandbox(const EngineOptions& options) {
  return workers::enter_sandbox({.memory_bytes_max = 2 * options.memory_bytes_max + kBesideBytesMax,
                                 .further_calls = {SYS_pread64}});  // of its own size (query/instance.cc)
}

// Rows leave together, as far as they are small.
class RowsOut {
 public:
  RowsOut(RemoteLake& server, uint64_t row_bytes_max) : server_(server), row_bytes_max_(row_bytes_max) {}

  bool add(const Row& row) {
    std::string bytes;
    Packer with(bytes);
    for (const auto& cell : row) with(cell);
    if (bytes.size() > row_bytes_max_) return whole_ = false;
    if (rows_.size() + bytes.size() > kRowsBytes) send();
    rows_ += bytes;
    return true;
  }

  Done end() {
    send();
    return {whole_};
  }

 private:
  void send() {
    if (!rows_.empty()) server_.tell(Says::rows, rows_);
    rows_.clear();
  }

  RemoteLake& server_;
  const uint64_t row_bytes_max_;
  std::string rows_;
  bool whole_ = true;
};

base::Error wide() {
  return base::fail(base::Kind::limit_exceeded, "The columns of the answer are too many, or their types too long.",
                    "query");
}

base::Result<Done> run(Engine& engine, RemoteLake& server, const Order& order) {
  WEIR_TRY(auto rows, engine.run(order.sql, server, {.default_database = order.default_database}));
  auto columns = packed(rows.columns());
  if (columns.size() >= kSaidBytesMax) return wide();
  server.tell(Says::columns, columns);
  RowsOut out(server, order.row_bytes_max);
  WEIR_CHECK_OK(rows.each([&](const Row& row) { return out.add(row); }));
  return out.end();
}

base::Result<Done> run_ordered(Engine& engine, RemoteLake& server) {
  std::string bytes;
  if (!workers::read_frame(kSocket, bytes, kOrderBytesMax)) ::_exit(0);
  auto order = unpacked<Order>(bytes);
  if (!order) return base::internal("the SQL worker was given no order");
  try {
    return run(engine, server, *order);
  } catch (const std::bad_alloc&) {
    return base::fail(base::Kind::limit_exceeded, "The query needs more memory than it may use.", "query");
  } catch (const std::exception& broken) {
    return base::internal(std::string("a query broke: ") + broken.what());
  }
}

void shorten(std::string& text) {
  constexpr size_t kTextBytesMax = 64u << 10;
  text.resize(base::utf8_prefix(text, kTextBytesMax).size());
}

// Nothing of the process is worth being put away.
[[noreturn]] void end(RemoteLake& server, base::Result<Done> done) {
  if (done.ok()) {
    server.tell(Says::done, packed(*done));
  } else {
    shorten(done.error().says);
    shorten(done.error().log);
    server.tell(Says::failed, packed(done.error()));
  }
  ::_exit(0);
}

// Nobody is left without who asked for it, whatever its engine does: not even when that ended before this is called.
bool end_with(const char* parent) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && std::to_string(::getppid()) == parent;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4 || !workers::give_up_privileges() || !end_with(arguments[1])) return 2;
  EngineOptions options{.threads = static_cast<unsigned>(std::strtoul(arguments[2], nullptr, 10)),
                        .memory_bytes_max = std::strtoull(arguments[3], nullptr, 10),
                        .may_end_process = true};
  RemoteLake server(kSocket);
  auto engine = Engine::open(options);
  if (!engine.ok()) end(server, engine.error());
  if (!begin_sandbox(options)) end(server, base::internal("the kernel refuses the sandbox of the SQL worker"));
  end(server, run_ordered(*engine, server));
}
