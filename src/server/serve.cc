#include "server/serve.h"

#include <unistd.h>

#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>

#include "app/operations.h"
#include "app/public_url.h"
#include "app/queries/query_desk.h"
#include "base/log.h"
#include "base/text.h"
#include "catalog/remains.h"
#include "cli/profile_file.h"
#include "executions/doorbell.h"
#include "net/server.h"
#include "server/chain.h"
#include "server/composition.h"
#include "server/console_files.h"
#include "server/console_pages.h"
#include "server/delivery_runner.h"
#include "server/due_crew.h"
#include "server/due_runner.h"
#include "server/execution_runner.h"
#include "server/first_console.h"
#include "server/mail_channel.h"
#include "server/profile_files.h"
#include "server/task_crew.h"
#include "server/webhook_sender.h"

namespace weir::server {
namespace {

constexpr size_t kWorkersByDefault = 16;
constexpr size_t kTaskThreads = 32;  // tasks of executions that are called at once

base::Result<net::ServerOptions> server_options(const Config& config) {
  auto colon = config.listen.rfind(':');
  if (colon == std::string::npos) return base::invalid("--listen wants HOST:PORT", "listen");
  WEIR_TRY(auto port, base::parse_int(config.listen.substr(colon + 1)));
  if (port < 0 || port > 65535) return base::invalid("--listen wants a port up to 65535", "listen");
  if (config.tls_cert.empty() != config.tls_key.empty())
    return base::invalid("--tls-cert and --tls-key go together", "tls");
  net::ServerOptions options;
  options.host = config.listen.substr(0, colon);
  options.port = static_cast<uint16_t>(port);
  options.threads = config.threads ? config.threads : std::max(1U, std::thread::hardware_concurrency());
  options.worker_threads = config.worker_threads ? config.worker_threads : kWorkersByDefault;
  options.connections_max = config.connections_max;
  options.header_bytes_max = config.header_bytes_max;
  options.idle = std::chrono::seconds(config.idle_timeout_s);
  options.head = std::chrono::seconds(config.head_timeout_s);
  options.total = std::chrono::seconds(config.total_timeout_s);
  options.tls_certificate_file = config.tls_cert;
  options.tls_key_file = config.tls_key;
  return options;
}

// Blocks the signals in every thread; wait() then takes them one by one.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  int wait() {
    int signal = 0;
    sigwait(&set_, &signal);
    return signal;
  }

 private:
  sigset_t set_;
};

// Erases what deleted tables left behind, a little at a time, while the server runs.
class Housekeeper {
 public:
  explicit Housekeeper(app::Lake& lake) : thread_([&lake](const std::stop_token& done) { run(lake, done); }) {}

 private:
  static void run(app::Lake& lake, const std::stop_token& done) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, done, kEvery, [] { return false; }) && !done.stop_requested()) {
      bool more = true;
      while (more && !done.stop_requested()) {
        auto status = store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
          WEIR_TRY(more, catalog::clear_remains(tx, kEntriesAtOnce));
          return {};
        });
        if (status.ok()) continue;
        base::log_warn("housekeeping.failed", {{"reason", status.error().log}});
        more = false;
      }
    }
  }
  static constexpr std::chrono::seconds kEvery{5};
  static constexpr size_t kEntriesAtOnce = 512;
  std::jthread thread_;
};

std::string endpoint_of(const Config& config, const net::ServerOptions& options, uint16_t port) {
  auto host = options.host == "0.0.0.0" ? std::string("127.0.0.1") : options.host;
  return (config.tls_cert.empty() ? "http://" : "https://") + host + ":" + std::to_string(port);
}

// A server that has no console works all the same; `weir console init` makes one later.
std::optional<base::Secret> first_password(app::Lake& lake, const std::string& account) {
  auto password = make_first_console(lake, account);
  if (password.ok()) return std::move(*password);
  const auto& error = password.error();
  base::log_warn("console.not_made", {{"reason", error.log.empty() ? error.says : error.log}});
  return std::nullopt;
}

// To who started the server, once, and to no log: what is no terminal is one, so there a file of the owner's has it.
base::Status tell_password(const std::string& data_dir, const base::Secret& password) {
  auto file = data_dir + "/console-password";
  bool seen = isatty(STDOUT_FILENO) == 1;
  if (!seen) WEIR_CHECK_OK(cli::write_private(file, password.reveal() + "\n"));
  std::printf("  sign in as %s with the one-time password %s\n", std::string(kFirstPerson).c_str(),
              seen ? password.reveal().c_str() : ("in " + file).c_str());
  std::printf("  (it is not shown again: `weir console reset-admin` makes another)\n");
  return {};
}

void tell_of_console(const Config& config, const std::string& address, const std::optional<base::Secret>& password) {
  if (console_files().empty()) {
    std::printf("it was built without its console\n");
    return;
  }
  std::printf("its console is at %s%s\n", address.c_str(), std::string(kConsolePath).c_str());
  if (!password) return;
  auto told = tell_password(config.data_dir, *password);
  if (!told.ok()) base::log_warn("console.password_not_told", {{"reason", told.error().log + told.error().says}});
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

}  // namespace

base::Status serve(const Config& config) {
  set_up_log(log_format(config), log_level(config));
  StopSignals signals;
  WEIR_TRY(auto options, server_options(config));
  WEIR_TRY(auto proxies, net::TrustedProxies::parse(config.trusted_proxies));
  WEIR_TRY(auto mail, mail_channel(config));
  WebhookSender webhooks({config.webhook_ca_file, config.webhook_private_addresses});
  WEIR_TRY(auto composition, Composition::open(config));
  auto& lake = composition->lake();
  WEIR_TRY(bool first, make_first_account(lake, config));
  auto password = first && config.first_console ? first_password(lake, config.account) : std::nullopt;
  Housekeeper housekeeper(lake);
  TaskCrew crew(webhooks, config.legacy_one_click);
  lake.performers = &crew.performers();
  ExecutionRunner runner(lake, crew.performers(), kTaskThreads);
  runner.start();
  Metrics metrics;
  Chain chain(lake,
              {config.region, config.host_names, config.body_bytes_max, config.object_bytes_max, config.log_requests,
               config.legacy_one_click, config.account, std::move(proxies)},
              metrics);
  net::Server server(options);
  WEIR_CHECK_OK(server.start(chain));
  auto endpoint = endpoint_of(config, options, server.bound_port());
  lake.public_url->set(config.public_url.empty() ? endpoint : without_slash(config.public_url));
  DueRunner due(lake, due_crew());
  due.start();
  DeliveryRunner deliveries(lake, {*mail, webhooks, config.mail_from});
  WEIR_CHECK_OK(ProfileFiles(config.data_dir).point_to(endpoint, config.region));
  std::printf("weir is ready at %s (profiles in %s/aws)\n", endpoint.c_str(), config.data_dir.c_str());
  tell_of_console(config, lake.public_url->get(), password);
  std::fflush(stdout);
  base::log_info("server.ready", {{"endpoint", endpoint}, {"data_dir", config.data_dir}});
  int signal = signals.wait();
  base::log_info("server.draining", {{"signal", signal}});
  lake.doorbell->close();
  if (auto* queries = lake.operations->queries()) queries->stop();
  bool whole = server.drain(std::chrono::seconds(config.drain_timeout_s));
  webhooks.abandon();
  runner.stop();
  due.stop();
  WEIR_CHECK_OK(lake.journal.flush());
  base::log_info("server.stopped", {{"cut", !whole}});
  return {};
}

}  // namespace weir::server
