# R's forecast package on the splits that the bench wrote.
# Arguments: file of splits, file of forecasts. Columns of the splits: series, origin, season, step (<= 0 history, > 0 future), value (empty: missing), open, x1 … (known in advance).
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
out <- arguments[2]
splits <- read.csv(arguments[1], check.names = FALSE)
season <- splits$season[1]
known <- grep("^x[0-9]+$", names(splits), value = TRUE)
cat("series,origin,model,step,value,seconds\n", file = out)

usable <- function(x) { # columns that vary, and are not copies or sums of others
  x <- x[, apply(x, 2, function(c) length(unique(c)) > 1), drop = FALSE]
  q <- qr(cbind(1, x)); keep <- sort(setdiff(q$pivot[seq_len(q$rank)], 1) - 1)
  x[, keep, drop = FALSE]
}

for (part in split(splits, list(splits$series, splits$origin), drop = TRUE)) {
  past <- part[part$step <= 0, ]; future <- part[part$step > 0, ]
  past$value[past$open == 0] <- NA
  past <- past[cumsum(!is.na(past$value)) > 0, ]
  if (season == 7) past <- tail(past, 2 * 365) # two years of days: more makes auto.arima slower, not better
  h <- nrow(future)
  y <- ts(past$value, frequency = season)
  filled <- na.interp(y)
  nearby <- cbind(as.matrix(past[, known, drop = FALSE]))
  models <- list(
    "R auto.arima" = function() forecast(auto.arima(y, approximation = TRUE), h = h)$mean,
    "R ets" = function() forecast(ets(filled), h = h)$mean,
    "R thetaf" = function() thetaf(filled, h = h)$mean)
  if (length(known) > 0) {
    x <- usable(nearby); xf <- as.matrix(future[, colnames(x), drop = FALSE])
    models[["R auto.arima x"]] <- function() { # order by auto.arima after the calendar, then one fit with it: a search with regressors takes half a minute
      order <- arimaorder(auto.arima(ts(residuals(lm(y ~ x, na.action = na.exclude)), frequency = season), approximation = TRUE))
      seasonal <- if (length(order) > 3) order[4:6] else c(0, 0, 0)
      forecast(Arima(y, order = order[1:3], seasonal = seasonal, xreg = x, method = "CSS-ML"), xreg = xf)$mean
    }
    adjusted <- function(smooth) function() { # calendar out by regression with trend and season, smoother on the rest, calendar back in
      fit <- lm(filled ~ x + factor(cycle(filled)) + seq_along(filled))
      b <- coef(fit)[grep("^x", names(coef(fit)))]; b[is.na(b)] <- 0
      smooth(ts(filled - as.vector(x %*% b), frequency = season)) + as.vector(xf %*% b)
    }
    models[["R ets x"]] <- adjusted(function(z) forecast(ets(z), h = h)$mean)
    models[["R thetaf x"]] <- adjusted(function(z) thetaf(z, h = h)$mean)
  }
  for (name in names(models)) {
    began <- proc.time()[["elapsed"]]
    mean <- tryCatch(as.numeric(models[[name]]()), error = function(e) rep(NA, h))
    if (anyNA(mean)) mean <- rep(mean(tail(as.numeric(filled), 4 * season)), h)
    mean <- pmax(0, mean) * (future$open != 0)
    cat(sprintf("%s,%d,%s,%d,%.6f,%.4f\n", part$series[1], part$origin[1], name, seq_len(h), mean, proc.time()[["elapsed"]] - began),
        file = out, append = TRUE, sep = "")
  }
}
