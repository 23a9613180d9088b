#include "query/worker/remote_lake.h"

#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "workers/frame.h"

namespace weir::query {
namespace {

// Nobody is there to be told of anything.
[[noreturn]] void leave() { ::_exit(0); }

uint64_t number_of(const std::shared_ptr<const void>& session) { return *static_cast<const uint64_t*>(session.get()); }

std::shared_ptr<const void> session_of(uint64_t number) { return std::make_shared<const uint64_t>(number); }

base::Error nonsense() { return base::internal("the server answered what means nothing"); }

template <class T>
base::Result<T> or_nonsense(std::optional<T> value) {
  if (!value) return nonsense();
  return std::move(*value);
}

}  // namespace

void RemoteLake::send(Says what, std::string_view body) {
  std::string message(1, static_cast<char>(what));
  message += body;
  if (!workers::write_frame(socket_, message)) leave();
}

void RemoteLake::tell(Says what, std::string_view body) {
  std::lock_guard lock(one_at_a_time_);
  send(what, body);
}

base::Result<std::string_view> RemoteLake::ask(Says what, std::string_view body, std::string& answer) {
  std::lock_guard lock(one_at_a_time_);
  send(what, body);
  if (!workers::read_frame(socket_, answer, kAnsweredBytesMax)) leave();
  if (answer.empty()) return nonsense();
  auto rest = std::string_view(answer).substr(1);
  if (static_cast<Outcome>(answer[0]) == Outcome::ok) return rest;
  return unpacked<base::Error>(rest).value_or(nonsense());
}

base::Result<GovernedTable> RemoteLake::resolve(const TableRef& table) {
  std::string answer;
  WEIR_TRY(auto bytes, ask(Says::resolve, packed(table), answer));
  WEIR_TRY(auto told, or_nonsense(unpacked_table(bytes)));
  told.table.session = session_of(told.number);
  return std::move(told.table);
}

base::Result<std::vector<DataFile>> RemoteLake::files(const GovernedTable& table,
                                                      const catalog::PredicatePtr& partitions) {
  std::string answer;
  FilesAsked asked{number_of(table.session), catalog::to_text(*partitions)};
  WEIR_TRY(auto bytes, ask(Says::files, packed(asked), answer));
  WEIR_TRY(auto told, or_nonsense(unpacked<std::vector<NumberedFile>>(bytes)));
  std::vector<DataFile> out;
  for (auto& one : told) {
    one.file.session = session_of(one.number);
    out.push_back(std::move(one.file));
  }
  return out;
}

base::Result<FileStat> RemoteLake::stat(const DataFile& file) {
  std::string answer;
  WEIR_TRY(auto bytes, ask(Says::stat, packed(FileAsked{number_of(file.session)}), answer));
  return or_nonsense(unpacked<FileStat>(bytes));
}

base::Result<size_t> RemoteLake::read(const DataFile& file, uint64_t offset, char* into, size_t n) {
  std::string answer;
  ReadAsked asked{number_of(file.session), offset, std::min<uint64_t>(n, kReadBytesMax)};
  WEIR_TRY(auto bytes, ask(Says::read, packed(asked), answer));
  if (bytes.size() > n) return nonsense();
  std::memcpy(into, bytes.data(), bytes.size());
  return bytes.size();
}

}  // namespace weir::query
