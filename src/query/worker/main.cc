// weir-sql: runs one governed query for the process that started it, over the socket that is its standard input.
//
// Not to be run by hand. Arguments: threads of the engine, bytes of memory it may use.
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "query/worker/remote_lake.h"
#include "workers/frame.h"
#include "workers/sandbox.h"

namespace {

using namespace weir;
using namespace weir::query;

constexpr int kSocket = STDIN_FILENO;
constexpr uint32_t kOrderBytesMax = 4u << 20;
// What the kernel gives at most, beyond twice what the engine may use: code that was loaded, stacks, what planning takes,
// which the engine does not count.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr uint64_t kBesideBytesMax = 1ULL << 62;  // the sanitizers keep a shadow of all memory
#else
constexpr uint64_t kBesideBytesMax = 512ULL << 20;
#endif

bool begin_sandbox(const EngineOptions& options) {
  return workers::enter_sandbox({.memory_bytes_max = 2 * options.memory_bytes_max + kBesideBytesMax,
                                 .further_calls = {SYS_pread64}});  // of its own size (query/instance.cc)
}

// Rows leave together, as far as they are small.
class RowsOut {
 public:
  RowsOut(RemoteLake& server, uint64_t row_bytes_max) : server_(server), row_bytes_max_(row_bytes_max) {}

  bool add(Row row) {
    uint64_t size = 0;
    for (const auto& cell : row) size += cell ? cell->size() : 0;
    if (size > row_bytes_max_) return whole_ = false;
    if (bytes_ + size > kRowsBytes) send();
    bytes_ += size;
    rows_.push_back(std::move(row));
    return true;
  }

  Done end() {
    send();
    return {whole_};
  }

 private:
  void send() {
    if (!rows_.empty()) server_.tell(Says::rows, packed(rows_));
    rows_.clear();
    bytes_ = 0;
  }

  RemoteLake& server_;
  const uint64_t row_bytes_max_;
  std::vector<Row> rows_;
  uint64_t bytes_ = 0;
  bool whole_ = true;
};

base::Result<Done> run(Engine& engine, RemoteLake& server, const Order& order) {
  WEIR_TRY(auto rows, engine.run(order.sql, server, {.default_database = order.default_database}));
  server.tell(Says::columns, packed(rows.columns()));
  RowsOut out(server, order.row_bytes_max);
  WEIR_CHECK_OK(rows.each([&](Row row) { return out.add(std::move(row)); }));
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

// Nothing of the process is worth being put away.
[[noreturn]] void end(RemoteLake& server, const base::Result<Done>& done) {
  if (done.ok()) {
    server.tell(Says::done, packed(*done));
  } else {
    server.tell(Says::failed, packed(done.error()));
  }
  ::_exit(0);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  // No query outlives who asked for it, whatever its engine does.
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return 2;
  EngineOptions options{.threads = static_cast<unsigned>(std::strtoul(arguments[1], nullptr, 10)),
                        .memory_bytes_max = std::strtoull(arguments[2], nullptr, 10)};
  RemoteLake server(kSocket);
  auto engine = Engine::open(options);
  if (!engine.ok()) end(server, engine.error());
  if (!begin_sandbox(options)) end(server, base::internal("the kernel refuses the sandbox of the SQL worker"));
  end(server, run_ordered(*engine, server));
}
